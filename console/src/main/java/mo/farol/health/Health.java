package mo.farol.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mo.farol.store.Mending;

/**
 * Asks the rooms how they are. Cheap, and for any thread.
 *
 * @param journal why nothing can be written
 * @param index whether the index can't be written to
 * @param seal whether the seal is broken
 * @param quarantined places of the journal found damaged
 * @param mendings days of the index that are or were made again
 * @param ahead how far the clock is ahead of what is believed
 * @param ending certificates and tokens that end within days, or have ended
 * @param backups whether the home is backed up
 */
public record Health(
    Supplier<Optional<String>> journal,
    BooleanSupplier index,
    BooleanSupplier seal,
    IntSupplier quarantined,
    Supplier<List<Mending>> mendings,
    Supplier<Duration> ahead,
    Supplier<List<Ending>> ending,
    Backups backups) {
  private static final int NAMED = 5;

  /**
   * What is wrong now, the gravest first.
   *
   * @param operates whether who asks runs the machine: what ends, and backups, concern nobody else
   */
  public List<Trouble> troubles(boolean operates) {
    var all = acute();
    index(all);
    var ahead = this.ahead.get();
    if (!ahead.isZero()) {
      all.add(new Trouble(Trouble.Kind.CLOCK, Math.max(1, ahead.toDays()) + " d"));
    }
    var ends = operates ? ending.get() : List.<Ending>of();
    if (!ends.isEmpty()) {
      all.add(new Trouble(Trouble.Kind.ENDING, brief(ends)));
    }
    if (operates) {
      backups.wrong().ifPresent(what -> all.add(new Trouble(Trouble.Kind.BACKUP, what)));
    }
    return List.copyOf(all);
  }

  /** What keeps the centre from doing what it promises; asks no ledger, for anybody may ask. */
  public List<Trouble.Kind> grave() {
    return acute().stream().map(Trouble::kind).filter(Trouble.Kind::isGrave).toList();
  }

  private List<Trouble> acute() {
    var all = new ArrayList<Trouble>();
    journal.get().ifPresent(why -> all.add(new Trouble(Trouble.Kind.JOURNAL, why)));
    if (index.getAsBoolean()) {
      all.add(new Trouble(Trouble.Kind.INDEX, ""));
    }
    if (seal.getAsBoolean()) {
      all.add(new Trouble(Trouble.Kind.SEAL, ""));
    }
    int pieces = quarantined.getAsInt();
    if (pieces > 0) {
      all.add(new Trouble(Trouble.Kind.QUARANTINE, Integer.toString(pieces)));
    }
    return all;
  }

  private void index(List<Trouble> all) {
    for (var mending : mendings.get()) {
      if (!mending.done()) {
        all.add(new Trouble(Trouble.Kind.MENDING, brief(mending)));
      } else if (mending.missing() > 0) {
        all.add(new Trouble(Trouble.Kind.INCOMPLETE, brief(mending)));
      }
    }
  }

  private static String brief(Mending mending) {
    return "%s: %d / %s"
        .formatted(mending.day(), mending.rebuilt(), mending.had() < 0 ? "?" : mending.had());
  }

  private static String brief(List<Ending> ends) {
    return ends.stream().limit(NAMED).map(Ending::brief).collect(Collectors.joining(", "))
        + (ends.size() > NAMED ? ", …" : "");
  }
}
