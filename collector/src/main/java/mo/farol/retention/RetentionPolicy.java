package mo.farol.retention;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long frames are kept. What it is goes before how it came and whose it is: the first rule of
 * an agency's class, a class, an agency's input, an agency, an input, all.
 *
 * @param all how long what no other rule names; empty for ever
 * @param agencies by agency id
 * @param inputs by input, {@code syslog.tcp}, or by an agency's input, {@code finance/syslog.tcp}
 * @param classes by class of data, {@code network}, or by an agency's class, {@code
 *     finance/network}
 */
public record RetentionPolicy(
    Optional<Duration> all,
    Map<String, Duration> agencies,
    Map<String, Duration> inputs,
    Map<String, Duration> classes) {
  /** A rule by the name it has in the configuration. */
  record Rule(String name, Duration keep) {}

  public RetentionPolicy {
    agencies = Map.copyOf(agencies);
    inputs = Map.copyOf(inputs);
    classes = Map.copyOf(classes);
    if (times(all, List.of(agencies, inputs, classes))
        .anyMatch(keep -> keep.compareTo(Duration.ofMinutes(1)) < 0)) {
      throw new IllegalArgumentException("what is kept is kept a minute at least");
    }
  }

  /** Keeps everything for ever. */
  public static RetentionPolicy forEver() {
    return new RetentionPolicy(Optional.empty(), Map.of(), Map.of(), Map.of());
  }

  /** Whether nothing is ever removed. */
  public boolean isForEver() {
    return times().findAny().isEmpty();
  }

  /** What is younger than this is kept by every rule. */
  Duration shortest() {
    return times().min(Duration::compareTo).orElse(ChronoUnit.FOREVER.getDuration());
  }

  Optional<Rule> of(String agency, String input, String dataClass) {
    return rule("retention.classes", classes, agency + "/" + dataClass)
        .or(() -> rule("retention.classes", classes, dataClass))
        .or(() -> rule("retention.inputs", inputs, agency + "/" + input))
        .or(() -> rule("retention.agencies", agencies, agency))
        .or(() -> rule("retention.inputs", inputs, input))
        .or(() -> all.map(keep -> new Rule("retention.default=" + text(keep), keep)));
  }

  private Stream<Duration> times() {
    return times(all, List.of(agencies, inputs, classes));
  }

  private static Stream<Duration> times(Optional<Duration> all, List<Map<String, Duration>> named) {
    return Stream.concat(all.stream(), named.stream().flatMap(rules -> rules.values().stream()));
  }

  private static Optional<Rule> rule(String key, Map<String, Duration> rules, String name) {
    return Optional.ofNullable(rules.get(name))
        .map(keep -> new Rule(key + ": " + name + "=" + text(keep), keep));
  }

  private static String text(Duration keep) {
    return keep.toHours() % 24 == 0 ? keep.toDays() + "d" : keep.toMinutes() + "m";
  }
}
