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

  /** A playbook with the techniques it answers to; an empty list answers to nothing by itself. */
  private record Entry(Playbook playbook, List<String> techniques) {}

  private static final String FILE = "playbook.json";
  private static final String LABEL = "technique:";
  private final Map<String, Entry> byId = new LinkedHashMap<>();
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
    return byId.values().stream().map(Entry::playbook).toList();
  }

  /** Files that were refused. */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** One by its id. */
  public Optional<Playbook> get(String id) {
    return Optional.ofNullable(byId.get(id)).map(Entry::playbook);
  }

  /**
   * The playbook an alert calls for: the one whose label {@code technique:T…} is the longest prefix
   * of a technique of it.
   */
  public Optional<Playbook> answering(Alert alert) {
    Playbook best = null;
    int length = -1;
    for (var entry : byId.values()) {
      for (String prefix : entry.techniques()) {
        boolean answers =
            alert.techniques().stream().anyMatch(t -> t.startsWith(prefix))
                || alert.rule().id().equals(prefix);
        if (answers && prefix.length() > length) {
          best = entry.playbook();
          length = prefix.length();
        }
      }
    }
    return Optional.ofNullable(best);
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
      byId.put(playbook.id(), new Entry(playbook, playbook.labelled(LABEL)));
    } catch (PlaybookFault e) {
      refusals.add(new Refusal(file, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      refusals.add(new Refusal(file, "cannot be read: " + e.getMessage()));
    }
  }
}
