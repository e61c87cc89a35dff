package mo.farol.app;

import java.nio.file.Path;
import mo.farol.bench.Pour;
import picocli.CommandLine.Option;

/** What a process that sends a corpus is told; for nobody to type. */
final class BenchPour {
  @Option(names = "--chunks", hidden = true, defaultValue = "0-0", description = "first-end")
  private String chunks;

  @Option(names = "--to", hidden = true, defaultValue = "", description = "where to")
  private String to;

  @Option(names = "--ending", hidden = true, defaultValue = "", description = "of its files")
  private String ending;

  Pour of(Path folder, long rate) {
    int dash = chunks.indexOf('-');
    return new Pour(
        folder,
        Integer.parseInt(chunks.substring(0, dash)),
        Integer.parseInt(chunks.substring(dash + 1)),
        to,
        ending,
        rate);
  }
}
