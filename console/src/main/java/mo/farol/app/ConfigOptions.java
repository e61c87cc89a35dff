package mo.farol.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mo.farol.centre.Config;
import picocli.CommandLine.Option;

/** {@code --config} and {@code --set}, alike in every command that opens a home as configured. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration file (default: farol.yaml in the home)")
  private Optional<Path> file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "override one key of the configuration")
  private List<String> sets = List.of();

  /** The configuration of a home. */
  Config of(HomeOption home) {
    return Config.read(home.path(), file, sets);
  }
}
