package mo.farol.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.sigma.RuleBook;

/**
 * One folder of the rule book: what arrived ({@code events.log}) and what must come out of it
 * ({@code alerts.json}).
 */
public record BookEntry(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every entry below a folder, by name. */
  public static List<BookEntry> all(Path book) {
    try (Stream<Path> folders = Files.list(book)) {
      return folders
          .filter(f -> Files.exists(f.resolve("alerts.json")))
          .sorted()
          .map(BookEntry::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the rule book " + book, e);
    }
  }

  /** Name of the entry. */
  public String name() {
    return String.valueOf(folder.getFileName()).replace("/", "");
  }

  /**
   * Plays the events through rules and decisions; gives what differs from what must come out,
   * nothing when all is well.
   */
  public List<String> differences(RuleBook rules, DecisionBook decisions) {
    try {
      var expected = JSON.readTree(Files.readString(folder.resolve("alerts.json")));
      return compare(expected, play(rules, decisions));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the entry " + folder, e);
    }
  }

  /** The alerts that the entry's events raise. */
  public List<Alert> play(RuleBook rules, DecisionBook decisions) {
    try (var rehearsal = new Rehearsal(rules, decisions)) {
      var lines =
          Files.readAllLines(folder.resolve("events.log")).stream()
              .map(l -> l.getBytes(StandardCharsets.UTF_8))
              .toList();
      return rehearsal.play("agency-a", Instant.parse("2026-03-11T00:00:00Z"), 2026, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the entry " + folder, e);
    }
  }

  private static List<String> compare(JsonNode expected, List<Alert> alerts) {
    var differences = new ArrayList<String>();
    var unexpected = new ArrayList<>(alerts);
    for (var wanted : expected) {
      var found = unexpected.stream().filter(a -> isThat(a, wanted)).findFirst();
      if (found.isEmpty()) {
        differences.add("missing: " + wanted);
      }
      found.ifPresent(unexpected::remove);
    }
    unexpected.forEach(
        a ->
            differences.add(
                "unexpected: "
                    + a.severity().word()
                    + " '"
                    + a.title()
                    + "' of rule "
                    + a.rule().id()));
    return differences;
  }

  private static boolean isThat(Alert alert, JsonNode wanted) {
    boolean same =
        alert.rule().id().equals(wanted.path("rule").asText())
            && alert.severity().word().equals(wanted.path("severity").asText());
    if (wanted.has("count")) {
      same &= alert.count() == wanted.path("count").asLong();
    }
    for (var technique : wanted.path("techniques")) {
      same &= alert.techniques().contains(technique.asText());
    }
    for (var entity : wanted.path("entities").properties()) {
      same &=
          alert.entities().contains(new Alert.Entity(entity.getKey(), entity.getValue().asText()));
    }
    return same;
  }
}
