package mo.farol.ledger;

import java.nio.file.Path;
import java.util.Arrays;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;

/** A ledger in a folder with its deeds and its alert queue; closed and opened again at will. */
public final class Desk implements AutoCloseable {
  public static final Scope NATIONAL = Scope.national();
  public static final Scope HARBOUR = Scope.of("harbour");
  public static final Scope SCHOOLS = Scope.of("schools");

  public final ManualClock clock;
  public final Ledger ledger;
  public final Deeds deeds;
  public final AlertQueue alerts;

  private Desk(Path folder, ManualClock clock) {
    this.clock = clock;
    ledger = Ledger.openSqlite(folder.resolve("ledger.db"));
    deeds = new Deeds(ledger, clock);
    alerts = new AlertQueue(ledger, deeds);
  }

  public static Desk open(Path folder) {
    return new Desk(folder, new ManualClock());
  }

  /** The same folder after a restart. */
  public static Desk again(Path folder, ManualClock clock) {
    return new Desk(folder, clock);
  }

  /** Saves alerts as the detection thread does. */
  public void raise(Alert... some) {
    Arrays.stream(some).forEach(alerts.book()::save);
    alerts.book().checkpoint(100);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
