package mo.farol.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/** Farol with everything on: journal, seal, parser, index, rules, counts over time, decisions. */
final class CentreKeeper implements Keeper {
  private final Path home;
  private final Centre centre;

  CentreKeeper(Path home, Centre centre) {
    this.home = home;
    this.centre = centre;
  }

  @Override
  public String name() {
    return "farol";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "syslog lines over one TCP connection; durable, sealed, parsed, indexed, watched by every"
            + " rule, counted over time, decided by Drools; settings of farol.yaml as by default",
        "JVM as the launcher's: "
            + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
  }

  @Override
  public Generator load(Corpus corpus, int first, int end)
      throws IOException, InterruptedException {
    return load(corpus, first, end, 0);
  }

  /**
   * Sends chunks, each line when it is due.
   *
   * @param rate lines a second, 0 for as many as are taken
   */
  Generator load(Corpus corpus, int first, int end, long rate)
      throws IOException, InterruptedException {
    String to = "tcp://" + centre.syslog();
    return new Pour(corpus.folder(), first, end, to, Corpus.LOG, rate).run();
  }

  /** Until they are watched, too. */
  @Override
  public void awaitSearchable(long events) throws IOException, InterruptedException {
    centre.await(events);
  }

  /** It commits by itself. */
  @Override
  public void commit() {
    // every five seconds
  }

  @Override
  public ProcessCost cost() throws IOException {
    return centre.cost();
  }

  @Override
  public SequencedMap<String, Long> bytes() throws IOException {
    return FarolEngine.bytes(home);
  }

  @Override
  public void close() throws IOException {
    centre.close();
  }
}
