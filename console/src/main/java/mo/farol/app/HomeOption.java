package mo.farol.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --home}, alike in every command that takes it. */
final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "farol-home",
      description = "folder that holds everything (default: ${DEFAULT-VALUE})")
  private Path home;

  Path path() {
    return home;
  }
}
