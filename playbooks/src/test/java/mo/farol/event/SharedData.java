package mo.farol.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Test data that lies beside the project; tests that need it skip loudly where it is absent. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of the data, looked for under {@code farol.data} and beside the project. */
  public static Optional<Path> find(String name) {
    return Stream.of(
            System.getProperty("farol.data", ""), "../../shared/data", "../../../shared/data")
        .filter(root -> !root.isEmpty())
        .map(root -> Path.of(root).resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  /** Names of the folders in a folder of the data; one that is not there where that is absent. */
  public static List<String> folders(String name) throws IOException {
    var folder = find(name);
    if (folder.isEmpty()) {
      return List.of("absent");
    }
    try (var all = Files.list(folder.get())) {
      return all.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
