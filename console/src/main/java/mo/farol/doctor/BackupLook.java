package mo.farol.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Key;
import mo.farol.centre.Usage;
import mo.farol.health.LastBackup;

/** What a home remembers of its backups. */
final class BackupLook {
  private static final String MAKE = "make one: 'farol backup --to FOLDER'";

  private BackupLook() {}

  static void at(Remarks remarks, Home home, Optional<Config> config, Instant now) {
    var last = LastBackup.in(home.folder());
    if (last.failed().isPresent()) {
      var failed = last.failed().get();
      remarks.warn("backup", "the last attempt, begun %s, failed: %s", failed.at(), failed.what());
      return;
    }
    var within = config.flatMap(BackupLook::within);
    if (last.whole().isEmpty()) {
      if (within.isPresent()) {
        remarks.warn("backup", "none was made of this home; %s", MAKE);
      }
      return;
    }
    var whole = last.whole().get();
    var age = Duration.between(whole.at(), now);
    String said = "the newest was begun %s, in %s".formatted(whole.at(), whole.what());
    if (age.isNegative()) {
      remarks.warn("backup", "%s, which is to come: a clock was wrong; %s", said, MAKE);
    } else if (within.filter(most -> age.compareTo(most) > 0).isPresent()) {
      remarks.warn("backup", "%s, longer ago than backup.within; %s", said, MAKE);
    } else {
      remarks.ok("backup", "%s", said);
    }
  }

  private static Optional<Duration> within(Config config) {
    try {
      return config.text(Key.BACKUP_WITHIN).isBlank()
          ? Optional.empty()
          : Optional.of(config.time(Key.BACKUP_WITHIN));
    } catch (Usage e) {
      return Optional.empty(); // told with the configuration
    }
  }
}
