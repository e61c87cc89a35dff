package mo.farol.event;

import java.nio.file.Files;
import java.nio.file.Path;
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
}
