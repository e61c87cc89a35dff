package mo.farol.centre;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import mo.farol.hunt.HuntOrder;
import mo.farol.hunt.HuntProgress;
import mo.farol.hunt.HuntResult;
import mo.farol.hunt.Hunter;
import mo.farol.journal.JournalFault;
import mo.farol.match.RuleSettings;
import mo.farol.rulebook.RuleReading;
import mo.farol.seal.SealFault;
import mo.farol.search.Asker;
import mo.farol.sigma.RuleBook;
import mo.farol.store.StoreFault;

/** A stopped home opened to hunt in it: journal and index, and nothing else. */
public final class HuntCentre implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final OpenRooms rooms = new OpenRooms();
  private final Config config;
  private final Home home;
  private final Collector collector;

  private HuntCentre(Config config) {
    this.config = config;
    home = rooms.add(new Home(config.home()).open());
    Logging.into(home.logs(), config.text(Key.LOG_LEVEL));
    collector =
        rooms.add(Collector.open(config, home, InstantSource.system(), new SimpleMeterRegistry()));
  }

  /**
   * Opens a home and waits until all that it keeps is indexed.
   *
   * @throws Usage in one line when something of the operator's is wrong: home, disk
   */
  public static HuntCentre open(Config config) {
    try {
      var centre = new HuntCentre(config);
      centre.collector.journal().start();
      centre.collector.indexing().start();
      centre.settle();
      return centre;
    } catch (JournalFault | StoreFault | SealFault e) {
      throw new Usage(String.valueOf(e.getMessage()));
    }
  }

  private void settle() {
    try {
      while (collector.search().searchable() < collector.journal().durable()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Usage("interrupted");
    }
  }

  /** Names of fields and log sources, as live detection of this home has them. */
  public RuleSettings settings() {
    return RuleSettings.of(home.rules());
  }

  /** The rules of this home: correlations may refer to them. */
  public RuleBook rules() {
    return new RuleReading(Books.ruleFolders(config, home)).read(Map.of()).book();
  }

  /** Hunts; see {@link Hunter#hunt}. */
  public HuntResult hunt(HuntOrder order, HuntProgress progress) {
    return new Hunter(collector.store(), collector.journal(), collector.search())
        .hunt(Asker.CENTRE, "hunt", order, progress);
  }

  @Override
  public void close() {
    rooms.close();
  }
}
