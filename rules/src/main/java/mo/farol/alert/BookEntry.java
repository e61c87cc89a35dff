package mo.farol.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
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
  private static final String EVENTS = "events.log";
  private static final String ALERTS = "alerts.json";

  /** Every entry below a folder, by name; where the folder is an entry itself, that one. */
  public static List<BookEntry> all(Path book) {
    if (isOne(book)) {
      return List.of(new BookEntry(book));
    }
    try (Stream<Path> folders = Files.list(book)) {
      return folders.filter(BookEntry::isOne).sorted().map(BookEntry::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the rule book " + book, e);
    }
  }

  // One of both is enough: what is missing of an entry is told.
  private static boolean isOne(Path folder) {
    return Files.exists(folder.resolve(EVENTS)) || Files.exists(folder.resolve(ALERTS));
  }

  /** Name of the entry. */
  public String name() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName()).replace("/", "");
  }

  /**
   * Plays the events through rules and decisions; gives what differs from what must come out,
   * nothing when all is well.
   */
  public List<String> differences(RuleBook rules, DecisionBook decisions) {
    if (!Files.exists(folder.resolve(EVENTS))) {
      return List.of("no events.log: put in what arrives, a line each, near misses too");
    }
    var alerts = play(rules, decisions);
    if (!Files.exists(folder.resolve(ALERTS))) {
      return List.of("no alerts.json; if this is what must come out, put it in: " + came(alerts));
    }
    try {
      return compare(JSON.readTree(Files.readString(folder.resolve(ALERTS))), alerts);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      return List.of(
          "alerts.json, line %d: %s"
              .formatted(at == null ? 1 : at.getLineNr(), e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the entry " + folder, e);
    }
  }

  private static String came(List<Alert> alerts) {
    var came = JSON.createArrayNode();
    for (var alert : alerts) {
      var node =
          came.addObject()
              .put("rule", alert.rule().id())
              .put("severity", alert.severity().word())
              .put("count", alert.count());
      var entities = node.putObject("entities");
      alert.entities().forEach(entity -> entities.put(entity.field(), entity.value()));
    }
    return came.toString();
  }

  /** The alerts that the entry's events raise. */
  public List<Alert> play(RuleBook rules, DecisionBook decisions) {
    try (var rehearsal = new Rehearsal(rules, decisions)) {
      var lines =
          Files.readAllLines(folder.resolve(EVENTS)).stream()
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
