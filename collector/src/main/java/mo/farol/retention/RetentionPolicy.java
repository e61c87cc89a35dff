package mo.farol.retention;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long frames are kept. The most exact rule holds: an agency's input, an agency, an input, all.
 *
 * @param all how long what no other rule names; empty for ever
 * @param agencies by agency id
 * @param inputs by input, {@code syslog.tcp}, or by an agency's input, {@code finance/syslog.tcp}
 */
public record RetentionPolicy(
    Optional<Duration> all, Map<String, Duration> agencies, Map<String, Duration> inputs) {
  /** A rule by the name it has in the configuration. */
  record Rule(String name, Duration keep) {}

  public RetentionPolicy {
    agencies = Map.copyOf(agencies);
    inputs = Map.copyOf(inputs);
    if (Stream.concat(
            all.stream(), Stream.concat(agencies.values().stream(), inputs.values().stream()))
        .anyMatch(keep -> keep.compareTo(Duration.ofMinutes(1)) < 0)) {
      throw new IllegalArgumentException("what is kept is kept a minute at least");
    }
  }

  /** Keeps everything for ever. */
  public static RetentionPolicy forEver() {
    return new RetentionPolicy(Optional.empty(), Map.of(), Map.of());
  }

  /** Whether nothing is ever removed. */
  public boolean isForEver() {
    return all.isEmpty() && agencies.isEmpty() && inputs.isEmpty();
  }

  /** What is younger than this is kept by every rule. */
  Duration shortest() {
    return Stream.concat(
            all.stream(), Stream.concat(agencies.values().stream(), inputs.values().stream()))
        .min(Duration::compareTo)
        .orElse(ChronoUnit.FOREVER.getDuration());
  }

  Optional<Rule> of(String agency, String input) {
    return rule("retention.inputs", inputs, agency + "/" + input)
        .or(() -> rule("retention.agencies", agencies, agency))
        .or(() -> rule("retention.inputs", inputs, input))
        .or(() -> all.map(keep -> new Rule("retention.default=" + text(keep), keep)));
  }

  private static Optional<Rule> rule(String key, Map<String, Duration> rules, String name) {
    return Optional.ofNullable(rules.get(name))
        .map(keep -> new Rule(key + ": " + name + "=" + text(keep), keep));
  }

  private static String text(Duration keep) {
    return keep.toHours() % 24 == 0 ? keep.toDays() + "d" : keep.toMinutes() + "m";
  }
}
