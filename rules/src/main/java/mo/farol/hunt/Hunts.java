package mo.farol.hunt;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import mo.farol.event.Excerpt;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.search.Asker;
import mo.farol.search.Busy;
import mo.farol.search.Cancelled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hunts of people: those under way, each waited for by a thread of its own, and by its book
 * those that ended. A person sees those of their own scope, whoever began them. Any thread.
 */
public final class Hunts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hunts.class);

  /** A hunt may take so long. */
  public static final Duration LONGEST = Duration.ofMinutes(30);

  /** By whom the hunts are that the centre begins itself; no person is called so. */
  public static final String CENTRE = "indicators";

  private static final int MOST = 8;
  private static final int MOST_OF_AGENCIES = MOST - 3;
  private static final int MOST_OF_ONE_AGENCY = 2;
  private static final int MOST_OF_ONE = 2;
  private static final int LISTED = 200;
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_TEXT = 100_000;
  private static final int ID_BYTES = 9;
  private static final String EVERYBODY = "*";
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /**
   * What somebody wants hunted.
   *
   * @param kind as {@link HuntEntry#kind}
   * @param text as it was given
   * @param agency empty for all that they see
   * @param from empty for all history
   */
  public record Wanted(
      String title,
      String kind,
      String text,
      HuntTarget target,
      Optional<String> agency,
      Optional<Instant> from,
      Optional<Instant> to) {}

  /** One, and how far it has come where it is under way. */
  public record Told(HuntEntry entry, Optional<HuntProgress> progress) {}

  private static final class Running {
    final HuntEntry entry;
    final HuntProgress progress = new HuntProgress();
    volatile boolean isCancelled;
    volatile boolean isInterrupted;
    volatile Thread thread = Thread.currentThread();

    Running(HuntEntry entry) {
      this.entry = entry;
    }
  }

  private final Hunter hunter;
  private final HuntBook book;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  public Hunts(Hunter hunter, HuntBook book, InstantSource clock) {
    this.hunter = hunter;
    this.book = book;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @throws HuntFault where it can't be: the agency is not theirs to see, or too many are under way
   */
  public Told begin(Wanted wanted, Asker.Who who) {
    var scope = wanted.agency().map(agency -> one(agency, who.scope())).orElse(who.scope());
    var mine = new Running(entry(wanted, who));
    synchronized (running) {
      mustHaveRoom(who);
      running.put(mine.entry.id(), mine);
    }
    try {
      book.begun(mine.entry);
    } catch (RuntimeException e) {
      running.remove(mine.entry.id());
      throw e;
    }
    var order =
        new HuntOrder(
            wanted.target(),
            scope,
            wanted.from().map(Micros::of).orElse(Long.MIN_VALUE),
            wanted.to().map(Micros::of).orElse(Long.MAX_VALUE),
            LONGEST);
    mine.thread =
        Thread.ofPlatform()
            .name("hunt-" + mine.entry.id())
            .daemon()
            .start(() -> work(mine, order, who));
    return told(mine);
  }

  private static Scope one(String agency, Scope scope) {
    if (!scope.sees(agency)) {
      throw new HuntFault("the agency '" + agency + "' is not yours to see");
    }
    return Scope.of(agency);
  }

  // The centre's own take no place from people, and agencies' people leave some to the centre's.
  private void mustHaveRoom(Asker.Who who) {
    if (who.name().equals(CENTRE)) {
      return;
    }
    String seers = seers(who.scope());
    boolean ofAgency = !seers.equals(EVERYBODY);
    if (count(_ -> true) >= MOST
        || count(entry -> isOf(entry, who)) >= MOST_OF_ONE
        || ofAgency && count(entry -> !entry.seers().equals(EVERYBODY)) >= MOST_OF_AGENCIES
        || ofAgency && count(entry -> entry.seers().equals(seers)) >= MOST_OF_ONE_AGENCY) {
      throw new HuntFault(
          ("%d hunts at once, %d of all agencies' people, %d of one agency's, %d of one person: wait"
                  + " for one to end, or end it")
              .formatted(MOST, MOST_OF_AGENCIES, MOST_OF_ONE_AGENCY, MOST_OF_ONE));
    }
  }

  private long count(Predicate<HuntEntry> which) {
    return running.values().stream()
        .map(each -> each.entry)
        .filter(entry -> !entry.by().equals(CENTRE))
        .filter(which)
        .count();
  }

  private static boolean isOf(HuntEntry entry, Asker.Who who) {
    return entry.by().equals(who.name()) && entry.seers().equals(seers(who.scope()));
  }

  private HuntEntry entry(Wanted wanted, Asker.Who who) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return new HuntEntry(
        HexFormat.of().formatHex(id),
        Excerpt.of(wanted.title().strip(), LONGEST_TITLE),
        wanted.kind(),
        Excerpt.of(wanted.text(), LONGEST_TEXT),
        who.name(),
        seers(who.scope()),
        wanted.agency().orElse(""),
        wanted.from(),
        wanted.to(),
        clock.instant(),
        Optional.empty(),
        HuntEntry.State.RUNNING,
        "");
  }

  // Its outcome goes to the book, whatever it is.
  private void work(Running mine, HuntOrder order, Asker.Who who) {
    try {
      var asker = new Asker(who, false, () -> mine.isCancelled || mine.isInterrupted);
      var result = hunter.hunt(asker, "hunt: " + mine.entry.title(), order, mine.progress);
      end(mine, HuntEntry.State.DONE, HuntJson.text(HuntJson.of(result)));
    } catch (Cancelled e) {
      end(mine, mine.isInterrupted ? HuntEntry.State.INTERRUPTED : HuntEntry.State.CANCELLED, "");
    } catch (Busy e) {
      end(mine, HuntEntry.State.FAILED, HuntJson.fault(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      LOG.error("hunt {} failed", mine.entry.id(), e);
      end(mine, HuntEntry.State.FAILED, HuntJson.fault("it failed: " + e));
    }
  }

  private void end(Running mine, HuntEntry.State how, String json) {
    try {
      book.ended(mine.entry.ended(how, clock.instant(), json));
    } catch (RuntimeException e) {
      LOG.error("how hunt {} ended could not be kept", mine.entry.id(), e);
    } finally {
      running.remove(mine.entry.id());
    }
  }

  /** Those that somebody may see, the newest first. */
  public List<Told> of(Scope scope) {
    return book.of(seers(scope), LISTED).stream().map(this::told).toList();
  }

  /** One, with what it found. */
  public Optional<Told> find(String id, Scope scope) {
    return book.find(id, seers(scope)).map(this::told);
  }

  /** Ends one that is under way, or removes one that has ended; false where there is none. */
  public boolean end(String id, Scope scope, String by) {
    var mine = running.get(id);
    if (mine != null && mine.entry.seers().equals(seers(scope))) {
      mine.isCancelled = true;
      return true;
    }
    return book.remove(id, seers(scope), by);
  }

  private Told told(HuntEntry entry) {
    var mine = running.get(entry.id());
    return new Told(entry, Optional.ofNullable(mine).map(r -> r.progress));
  }

  private static Told told(Running mine) {
    return new Told(mine.entry, Optional.of(mine.progress));
  }

  /** How entries name those of a scope. */
  static String seers(Scope scope) {
    return switch (scope) {
      case Scope.National _ -> EVERYBODY;
      case Scope.Agencies(var ids) -> String.join(",", new TreeSet<>(ids));
    };
  }

  /** Ends what is under way and waits for it. */
  @Override
  public void close() {
    var all = List.copyOf(running.values());
    all.forEach(mine -> mine.isInterrupted = true);
    long end = System.nanoTime() + FAREWELL.toNanos();
    for (var mine : all) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        mine.thread.join(Duration.ofMillis(Math.max(1, left)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
