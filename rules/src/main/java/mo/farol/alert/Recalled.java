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
  private static final Pattern CONFIDENCE = Pattern.compile("[0-9]{1,3}");
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
    if (!tellsIndicator(step)) {
      return Stream.of();
    }
    var match = step.matches().getFirst();
    String tlp = step.value(WhyStep.INDICATOR_TLP).orElse("");
    var type = step.value(WhyStep.INDICATOR_TYPE);
    return type.isEmpty()
        ? Kind.guess(match.value()).stream()
            .map(kind -> indicator("", kind, match.value(), match.selection(), SURE, tlp))
        : type.flatMap(Recalled::kind).stream()
            .map(
                kind ->
                    indicator(
                        step.value(WhyStep.INDICATOR_ID).orElse(""),
                        kind,
                        match.expected(),
                        match.selection(),
                        confidence(step),
                        tlp));
  }

  private static int confidence(WhyStep step) {
    return step.value(WhyStep.INDICATOR_CONFIDENCE)
        .filter(number -> CONFIDENCE.matcher(number).matches())
        .map(number -> Math.min(100, Integer.parseInt(number)))
        .orElse(SURE);
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
        confidence,
        Tlp.of(tlp).orElse(Tlp.RED),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Whether an alert says as data that no event at all came of a source. */
  public static boolean tellsSilence(Alert alert) {
    return alert.steps().stream()
        .flatMap(step -> silence(alert, step).stream())
        .anyMatch(silence -> silence.trouble().kind() == Trouble.Kind.SILENT);
  }

  /** Whether an alert says as data which indicator it rests on, or that its label forbids it. */
  public static boolean tellsIndicator(Alert alert) {
    return alert.steps().stream().anyMatch(Recalled::tellsIndicator);
  }

  private static boolean tellsIndicator(WhyStep step) {
    return step.kind() == WhyStep.Kind.INDICATOR && step.value(WhyStep.INDICATOR_TLP).isPresent();
  }

  private static Optional<Silence> silence(Alert alert, WhyStep step) {
    var host = step.value("host.name");
    var last = step.events().stream().map(EventId::sequence).findFirst();
    var kind = step.value(WhyStep.SILENCE_KIND).flatMap(Recalled::trouble);
    if (step.kind() != WhyStep.Kind.SILENCE || host.isEmpty() || last.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    var since = Instant.ofEpochMilli(step.from());
    return Optional.of(
        new Silence(
            new Source(alert.agency(), host.get()),
            since,
            last.get(),
            Duration.ZERO,
            Instant.ofEpochMilli(step.to()),
            step.value(WhyStep.SILENCE_AGENCY).isPresent(),
            new Trouble(
                kind.get(),
                since,
                step.value(WhyStep.SILENCE_PROGRAM).orElse(""),
                0,
                0,
                step.value(WhyStep.SILENCE_DAY_OFF).isPresent())));
  }

  private static Optional<Trouble.Kind> trouble(String word) {
    return Arrays.stream(Trouble.Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst();
  }
}
