package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.event.Source;
import mo.farol.indicator.Indicator;
import mo.farol.indicator.IndicatorHit;
import mo.farol.indicator.IndicatorSet;
import mo.farol.indicator.Kind;
import mo.farol.indicator.Novelties;
import mo.farol.indicator.Tlp;
import mo.farol.silence.Silence;
import mo.farol.silence.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What alerts that were kept say of their day and no event says: the indicators that were seen, the
 * silences that were noticed, the frames that could be read only later. The lists of a day and what
 * was usual then are not kept; what an alert rests on is, in its why.
 */
public final class Recalled {
  private static final Logger LOG = LoggerFactory.getLogger(Recalled.class);
  private static final Pattern CLAIM =
      Pattern.compile(
          "indicator (\\S+) .* \\((\\S+); source (.*), confidence (\\d{1,3}), TLP:(\\S+)\\) was"
              + " seen in .*",
          Pattern.DOTALL);
  private static final Pattern UNTOLD =
      Pattern.compile("an indicator marked TLP:(\\S+) was seen in .*", Pattern.DOTALL);
  private static final Pattern PROGRAM = Pattern.compile("its program (.*) says nothing since ");
  private static final int SURE = 75; // from there on a sighting is enough, as indicator.drl says

  /**
   * A silence that an alert tells.
   *
   * @param alert its id
   */
  public record Quiet(String alert, Silence silence) {}

  private final Map<Long, List<Indicator>> seen = new HashMap<>(); // by event
  private final Set<Novelties.Novelty> told = new LinkedHashSet<>();
  private final List<Quiet> quiet = new ArrayList<>();
  private final NavigableSet<Long> later = new TreeSet<>();

  /**
   * @param alerts as they were kept
   * @param readAgain the lane of frames that were read again
   */
  public Recalled(Collection<Alert> alerts, String readAgain) {
    for (var alert : alerts) {
      var indicators = alert.steps().stream().flatMap(Recalled::claimed).toList();
      indicators.forEach(this::tell);
      for (var event : alert.events()) {
        if (!indicators.isEmpty()) {
          seen.computeIfAbsent(event.sequence(), _ -> new ArrayList<>()).addAll(indicators);
        }
        if (alert.lane().equals(readAgain)) {
          later.add(event.sequence());
        }
      }
      for (var step : alert.steps()) {
        silence(alert, step).ifPresent(silence -> quiet.add(new Quiet(alert.id(), silence)));
      }
    }
    quiet.sort(Comparator.comparing(each -> each.silence().noticedAt()));
  }

  /** The indicators as a set to look for. */
  public IndicatorSet indicators() {
    return Novelties.set(List.copyOf(told));
  }

  /** Silences, in the order in which they were noticed. */
  public List<Quiet> silences() {
    return quiet;
  }

  /** Events of frames that no parser could read when they came, in order. */
  public NavigableSet<Long> readLater() {
    return later;
  }

  /** The hit as it was then; empty where no alert tells of it. */
  Optional<IndicatorHit> then(IndicatorHit hit) {
    return seen.getOrDefault(hit.sequence(), List.of()).stream()
        .filter(each -> each.kind() == hit.indicator().kind())
        .filter(each -> each.value().equals(hit.indicator().value()))
        .findFirst()
        .map(
            each ->
                new IndicatorHit(
                    each,
                    hit.field(),
                    hit.value(),
                    hit.sequence(),
                    hit.agency(),
                    hit.occurredAt()));
  }

  // A value too long for a why was cut, and can't be looked for.
  private void tell(Indicator indicator) {
    var one = new Novelties.Novelty(indicator, Set.of());
    try {
      Novelties.set(List.of(one));
      told.add(one);
    } catch (IllegalStateException e) {
      LOG.debug("an indicator of an alert can't be looked for again", e);
    }
  }

  private static Stream<Indicator> claimed(WhyStep step) {
    if (step.kind() != WhyStep.Kind.INDICATOR || step.matches().isEmpty()) {
      return Stream.of();
    }
    var match = step.matches().getFirst();
    var claim = CLAIM.matcher(step.words());
    if (claim.matches()) {
      return kind(claim.group(1)).stream()
          .map(
              kind ->
                  indicator(
                      claim.group(2),
                      kind,
                      match.expected(),
                      match.selection(),
                      Integer.parseInt(claim.group(4)),
                      claim.group(5)));
    }
    var untold = UNTOLD.matcher(step.words());
    return untold.matches()
        ? Kind.guess(match.value()).stream()
            .map(
                kind ->
                    indicator("", kind, match.value(), match.selection(), SURE, untold.group(1)))
        : Stream.of();
  }

  private static Optional<Kind> kind(String word) {
    return Arrays.stream(Kind.values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  private static Indicator indicator(
      String id, Kind kind, String value, String source, int confidence, String tlp) {
    return new Indicator(
        id,
        kind,
        value,
        List.of(source),
        Math.min(100, confidence),
        Tlp.of(tlp).orElse(Tlp.RED),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Whether a decision of this id says that no event at all came of a source. */
  public static boolean isOfAllEvents(String decision) {
    return decision.equals("source-silent") || decision.equals("agency-silent");
  }

  private static Optional<Silence> silence(Alert alert, WhyStep step) {
    var host =
        step.matches().stream().filter(match -> match.field().equals("host.name")).findFirst();
    var last = step.events().stream().map(EventId::sequence).findFirst();
    var kind = kind(alert.rule().id(), step);
    if (host.isEmpty() || last.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    var since = Instant.ofEpochMilli(step.from());
    boolean dayOff = alert.rule().id().equals("source-day-off");
    return Optional.of(
        new Silence(
            new Source(alert.agency(), host.get().value()),
            since,
            last.get(),
            Duration.ZERO,
            Instant.ofEpochMilli(step.to()),
            alert.rule().id().equals("agency-silent"),
            new Trouble(kind.get(), since, program(step), 0, 0, dayOff)));
  }

  // By the decision that told it; what decisions of a centre's own say of silences is not known.
  private static Optional<Trouble.Kind> kind(String decision, WhyStep step) {
    if (step.kind() != WhyStep.Kind.SILENCE) {
      return Optional.empty();
    }
    return switch (decision) {
      case "source-silent", "agency-silent" -> Optional.of(Trouble.Kind.SILENT);
      case "program-silent" -> Optional.of(Trouble.Kind.PARTIAL);
      case "source-fell" -> Optional.of(Trouble.Kind.FALL);
      case "source-surged" -> Optional.of(Trouble.Kind.SURGE);
      case "source-clock-drifted" -> Optional.of(Trouble.Kind.DRIFT);
      case "source-day-off" ->
          Optional.of(
              step.words().contains(" came in an hour") ? Trouble.Kind.FALL : Trouble.Kind.SILENT);
      default -> Optional.empty();
    };
  }

  private static String program(WhyStep step) {
    var named = PROGRAM.matcher(step.words());
    return named.find() ? named.group(1) : "";
  }
}
