package mo.farol.app;

import java.nio.file.Path;
import java.util.Optional;
import mo.farol.bench.Searching;
import picocli.CommandLine.Option;

/** Whom {@code farol bench} measures beside Farol. */
final class BenchPeers {
  @Option(
      names = "--opensearch",
      description =
          "with ALL and SEARCH: measure an OpenSearch node in turn, with ALL one that only indexes;"
              + " Maven brings its jars the first time")
  private boolean openSearch;

  @Option(
      names = "--victorialogs",
      paramLabel = "FILE",
      description = "with SEARCH: measure VictoriaLogs in turn; its program")
  private Optional<Path> victoriaLogs;

  Searching.Peers wanted() {
    return new Searching.Peers(openSearch, victoriaLogs);
  }
}
