package mo.farol.doctor;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.centre.Home;
import mo.farol.centre.Key;

/** Looks at a machine, a home and its configuration, one thing after the other. */
public final class Doctor {
  private Doctor() {}

  /**
   * Looks at all of it.
   *
   * @param folder the home, which need not be there yet
   * @param file another configuration file than the home's
   * @param sets {@code key=value} pairs that win over it
   */
  public static List<Remark> look(
      Path folder, Optional<Path> file, List<String> sets, InstantSource clock) {
    var remarks = new Remarks();
    remarks.look("java", Machine::look);
    var home = new Home(folder);
    var config = ConfigLook.at(remarks, home.folder(), file, sets);
    long reserve = config.map(c -> ConfigLook.bytes(c, Key.JOURNAL_RESERVE)).orElse(0L);
    remarks.look("disk", r -> DiskLook.at(r, home.folder(), reserve));
    config.ifPresent(c -> remarks.look("ports", r -> PortLook.at(r, home, c)));
    remarks.look("clock", ClockLook::at);
    if (!home.isThere()) {
      remarks.ok("home", "there is none in %s yet: 'farol run' makes it", home.folder());
      return remarks.all();
    }
    var now = clock.instant();
    remarks.look("home", r -> HomeLook.at(r, home));
    remarks.look("keys", r -> KeyLook.at(r, home, now));
    remarks.look("journal", r -> JournalLook.at(r, home, now));
    remarks.look("index", r -> IndexLook.at(r, home));
    remarks.look("backup", r -> BackupLook.at(r, home, config, now));
    return remarks.all();
  }
}
