package mo.farol.app;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a process that a bench starts is to be; for nobody to type. */
final class BenchRole {
  @Option(names = "--collector", paramLabel = "DIR", hidden = true, description = "the collector")
  @Nullable Path collector;

  @Option(names = "--searcher", paramLabel = "HOME", hidden = true, description = "a small centre")
  @Nullable Path searcher;

  @Option(names = "--pour", paramLabel = "DIR", hidden = true, description = "a corpus's sender")
  @Nullable Path pour;

  @Option(names = "--flood", paramLabel = "HOST:PORT", hidden = true, description = "a generator")
  @Nullable String flood;

  @Option(names = "--relp", paramLabel = "HOST:PORT", hidden = true, description = "RELP senders")
  @Nullable String relp;

  @Option(names = "--http", paramLabel = "HOST:PORT", hidden = true, description = "HTTP senders")
  @Nullable String http;

  @Option(names = "--idle", paramLabel = "HOST:PORT", hidden = true, description = "idle clients")
  @Nullable String idle;

  /** Whether it is one at all. */
  boolean isGiven() {
    return Stream.of(collector, searcher, pour, flood, relp, http, idle).anyMatch(Objects::nonNull);
  }
}
