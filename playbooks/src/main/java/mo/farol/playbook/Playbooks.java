package mo.farol.playbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.alert.Alert;

/** The library: every playbook, and which of them an alert calls for. */
public final class Playbooks {
  /** A file that is no playbook, and why. */
  public record Refusal(Path file, String reason) {}

  private static final String FILE = "playbook.json";
  private static final String TECHNIQUE = "technique:";
  private static final String RULE = "rule:";
  private static final String CATEGORY = "category:";
  // A rule named by its id says more than any technique, a class says least.
  private static final int RULE_WEIGHT = 1_000;
  private final Map<String, Playbook> byId = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * Loads {@code NAME/playbook.json} of each folder, later folders winning over earlier ones of the
   * same id. A bad file is refused, the others are loaded.
   */
  public static Playbooks load(List<Path> folders) {
    var playbooks = new Playbooks();
    folders.stream().filter(Files::isDirectory).forEach(playbooks::loadFolder);
    return playbooks;
  }

  /** All of them, in order of loading. */
  public List<Playbook> all() {
    return List.copyOf(byId.values());
  }

  /** Files that were refused. */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** One by its id. */
  public Optional<Playbook> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The playbook a case calls for. Playbooks say what they answer in their labels: {@code rule:ID}
   * wins, then the longest {@code technique:T…} that begins a technique of the alerts, then {@code
   * category:CLASS}.
   */
  public Optional<Playbook> answering(List<Alert> alerts, String category) {
    Playbook best = null;
    int most = 0;
    for (var playbook : byId.values()) {
      int weight = weight(playbook, alerts, category);
      if (weight > most) {
        best = playbook;
        most = weight;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int weight(Playbook playbook, List<Alert> alerts, String category) {
    if (alerts.stream().anyMatch(a -> playbook.labelled(RULE).contains(a.rule().id()))) {
      return RULE_WEIGHT;
    }
    int technique =
        playbook.labelled(TECHNIQUE).stream()
            .filter(
                t ->
                    alerts.stream()
                        .anyMatch(a -> a.techniques().stream().anyMatch(x -> x.startsWith(t))))
            .mapToInt(t -> t.length() + 1)
            .max()
            .orElse(0);
    return technique > 0 ? technique : playbook.labelled(CATEGORY).contains(category) ? 1 : 0;
  }

  private void loadFolder(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      files.filter(f -> f.getFileName().toString().equals(FILE)).sorted().forEach(this::loadFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the playbooks in " + folder, e);
    }
  }

  private void loadFile(Path file) {
    try {
      var playbook = Playbook.parse(Files.readString(file));
      byId.put(playbook.id(), playbook);
    } catch (PlaybookFault e) {
      refusals.add(new Refusal(file, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      refusals.add(new Refusal(file, "cannot be read: " + e.getMessage()));
    }
  }
}
