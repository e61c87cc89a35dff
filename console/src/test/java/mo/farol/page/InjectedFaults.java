package mo.farol.page;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import mo.farol.centre.People;
import mo.farol.health.Backups;
import mo.farol.health.Ending;
import mo.farol.health.Endings;
import mo.farol.health.Health;
import mo.farol.seal.Seal;
import mo.farol.store.Mending;
import org.jspecify.annotations.Nullable;

/** What a test lets be wrong with a centre; nothing is until it is set. */
final class InjectedFaults {
  /** Why the journal takes nothing; null while it does. */
  volatile @Nullable String journalFault;

  /** Pieces of the journal set aside. */
  volatile int quarantined;

  /** Days of the index that are or were made again. */
  volatile List<Mending> mendings = List.of();

  /** How far the clock is ahead of what is believed. */
  volatile Duration ahead = Duration.ZERO;

  /** When the home began, which is to be backed up weekly; null where nobody knows. */
  volatile @Nullable Instant began;

  /** Certificates of the centre itself. */
  final List<Ending> ownEndings = new CopyOnWriteArrayList<>();

  private final Endings endings;
  private final Health health;

  InjectedFaults(Path home, Seal seal, People people, InstantSource clock) {
    endings =
        new Endings(people.certificates(), people.tokens(), () -> List.copyOf(ownEndings), clock);
    health =
        new Health(
            () -> Optional.ofNullable(journalFault),
            () -> false,
            seal::isBroken,
            () -> quarantined,
            () -> mendings,
            () -> ahead,
            this::urgent,
            new Backups(
                home, Optional.of(Duration.ofDays(7)), () -> Optional.ofNullable(began), clock));
  }

  /** What ends soon, of the agencies and of {@link #ownEndings}. */
  Endings endings() {
    return endings;
  }

  Health health() {
    return health;
  }

  // Whoever measures looks once a minute; here nobody waits for it.
  private List<Ending> urgent() {
    endings.look();
    return endings.urgent();
  }
}
