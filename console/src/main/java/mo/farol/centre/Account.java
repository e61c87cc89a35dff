package mo.farol.centre;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import mo.farol.alert.Alert;
import mo.farol.alert.DetectionReplay;
import mo.farol.alert.Recalled;
import mo.farol.alert.WhyStep;
import mo.farol.flow.Replay;

/**
 * What came of each alert when the journal was read anew. Every alert of the ledger and of the
 * reading stands in it once.
 *
 * @param lines one for each alert, the ledger's first
 */
public record Account(List<Line> lines) {
  /** What came of one. */
  public enum Came {
    /** The ledger and the reading say the same of it. */
    SAME,
    /** Both have it and say something else of it, or the journal speaks against it. */
    DIFFERS,
    /** The reading should have told it and did not. */
    MISSING,
    /** The reading tells it and the ledger has it not. */
    NEW,
    /** It can't be told by the journal and these rules. */
    NOT_REPLAYED,
    /** The reading tells it at the end, since time went on; the centre may have stopped before. */
    LATER;

    /** Whether it has to be explained by somebody. */
    public boolean isWrong() {
      return this == DIFFERS || this == MISSING || this == NEW;
    }

    private boolean isOfLedger() {
      return this != NEW && this != LATER;
    }
  }

  /**
   * One alert.
   *
   * @param reason in what it differs, why it can't be told, or on what else it rests; may be empty
   */
  public record Line(Came came, Alert alert, String reason) {}

  public Account {
    lines = List.copyOf(lines);
  }

  /** How many of a kind. */
  public long count(Came came) {
    return lines.stream().filter(line -> line.came() == came).count();
  }

  /** How many of the ledger's. */
  public long ofLedger() {
    return lines.stream().filter(line -> line.came().isOfLedger()).count();
  }

  /** Whether nothing is left to be explained. */
  public boolean isSame() {
    return lines.stream().noneMatch(line -> line.came().isWrong());
  }

  /**
   * What the account goes by.
   *
   * @param versions of rules in force, by id
   * @param contradicted silences that the journal speaks against, by alert
   * @param earliest first event there is
   * @param next first event that was not read
   * @param lastAt when the last event was received
   */
  record Grounds(
      Map<String, String> versions,
      Map<String, DetectionReplay.Contradiction> contradicted,
      long earliest,
      long next,
      Instant lastAt) {}

  /** Of alerts within one span. */
  static Account of(Collection<Alert> ledger, Collection<Alert> told, Grounds grounds) {
    var unmet = new HashMap<String, Alert>();
    told.forEach(alert -> unmet.put(alert.id(), alert));
    var lines = new ArrayList<Line>();
    for (var alert : ledger) {
      var again = Optional.ofNullable(unmet.remove(alert.id()));
      lines.add(kept(alert, again, grounds));
    }
    told.stream()
        .filter(alert -> unmet.containsKey(alert.id()))
        .forEach(alert -> lines.add(fresh(alert, grounds)));
    return new Account(lines);
  }

  private static Line kept(Alert alert, Optional<Alert> again, Grounds grounds) {
    if (rests(alert, WhyStep.Kind.SILENCE)) {
      return silence(alert, grounds);
    }
    if (again.isPresent() && goesOn(alert, grounds)) {
      return new Line(Came.SAME, alert, "it went on past the span");
    }
    if (again.isPresent()) {
      String difference = difference(alert, again.get());
      return difference.isEmpty()
          ? new Line(Came.SAME, alert, ground(alert))
          : new Line(Came.DIFFERS, alert, difference);
    }
    return whyNot(alert, grounds)
        .map(reason -> new Line(Came.NOT_REPLAYED, alert, reason))
        .orElseGet(
            () -> new Line(Came.MISSING, alert, "the rule is in force and its events are there"));
  }

  private static boolean goesOn(Alert alert, Grounds grounds) {
    return !alert.events().isEmpty() && alert.events().getLast().sequence() >= grounds.next();
  }

  private static Line fresh(Alert alert, Grounds grounds) {
    return alert.raisedAt().isAfter(grounds.lastAt())
        ? new Line(
            Came.LATER,
            alert,
            "time alone tells it, after the last event: the centre may have stopped before")
        : new Line(Came.NEW, alert, "the ledger has it not");
  }

  private static Line silence(Alert alert, Grounds grounds) {
    var against = grounds.contradicted().get(alert.id());
    if (against != null) {
      return new Line(
          Came.DIFFERS,
          alert,
          "event %d of that source was received at %s, when it was told to be silent"
              .formatted(against.event(), against.receivedAt()));
    }
    boolean checked = Recalled.tellsSilence(alert);
    return new Line(
        Came.NOT_REPLAYED,
        alert,
        "what was usual of the source then is not kept"
            + (checked ? "; the journal bears out that nothing came of it" : ""));
  }

  private static String difference(Alert kept, Alert told) {
    var all = new StringJoiner(", ");
    // Of more than a thousand events the older ones are a number only, and indicators are looked
    // for in those that are listed.
    boolean bounded = kept.events().size() < kept.count() && rests(kept, WhyStep.Kind.INDICATOR);
    if (kept.count() != told.count() && !bounded) {
      all.add("count %d, told anew %d".formatted(kept.count(), told.count()));
    } else if (!kept.events().equals(told.events())) {
      all.add("it rests on other events");
    }
    differ(all, "severity", kept.severity().word(), told.severity().word());
    differ(all, "first event at", kept.firstAt(), told.firstAt());
    differ(all, "last event at", kept.lastAt(), told.lastAt());
    return all.toString();
  }

  private static void differ(StringJoiner all, String what, Object kept, Object told) {
    if (!kept.equals(told)) {
      all.add("%s %s, told anew %s".formatted(what, kept, told));
    }
  }

  private static String ground(Alert alert) {
    return rests(alert, WhyStep.Kind.INDICATOR)
        ? "by the indicator as the alert tells it: the lists of the day are not kept"
        : "";
  }

  private static Optional<String> whyNot(Alert alert, Grounds grounds) {
    var rule = alert.rule();
    String now = grounds.versions().get(rule.id());
    if (rests(alert, WhyStep.Kind.FINDING)) {
      return Optional.of("it tells of the centre itself, not of events");
    }
    if (now == null) {
      return Optional.of("its rule is not among those in force");
    }
    if (!now.equals(rule.version())) {
      return Optional.of(
          "its rule was in force as version %s, now it is %s".formatted(rule.version(), now));
    }
    if (!alert.events().isEmpty() && alert.events().getFirst().sequence() < grounds.earliest()) {
      return Optional.of("retention took events that it rests on");
    }
    if (rests(alert, WhyStep.Kind.RISK)) {
      return Optional.of("risk weighs what people judged of alerts since, and assets as of now");
    }
    if (rests(alert, WhyStep.Kind.INDICATOR)) {
      return untold(alert);
    }
    return alert.lane().equals(Replay.LANE)
        ? Optional.of("of frames that were read again not all that was counted is known")
        : Optional.empty();
  }

  private static Optional<String> untold(Alert alert) {
    if (!Recalled.tellsIndicator(alert)) {
      return Optional.of(
          "its why says nothing of the indicator as data: an earlier Farol wrote it");
    }
    boolean kept =
        alert.steps().stream()
            .filter(step -> step.kind() == WhyStep.Kind.INDICATOR)
            .flatMap(step -> step.matches().stream())
            .anyMatch(match -> !match.expected().isEmpty());
    return kept
        ? Optional.empty()
        : Optional.of("the label of its indicator keeps what was looked for out of the alert");
  }

  private static boolean rests(Alert alert, WhyStep.Kind kind) {
    return alert.steps().stream().anyMatch(step -> step.kind() == kind);
  }
}
