package mo.farol.hunting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mo.farol.event.Scope;
import mo.farol.hunt.HuntEntry;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.HuntJson;
import mo.farol.hunt.HuntTarget;
import mo.farol.hunt.Hunts;
import mo.farol.indicator.Backlog;
import mo.farol.indicator.Novelties;
import mo.farol.indicator.Tlp;
import mo.farol.search.Asker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through history for indicators that are new: one hunt after the other, each for as many as
 * came together and count for the same agencies, on a thread of its own. What waits is on disk, and
 * is done only once its hunt ended by itself or by a person: where the centre stops before, the
 * next start goes on. The hunts are the whole centre's; those for indicators above TLP:AMBER are
 * read by people who work alerts only.
 */
public final class LookingBack implements Novelties, AutoCloseable {
  /** By whom these hunts are. */
  public static final String BY = Hunts.CENTRE;

  private static final Logger LOG = LoggerFactory.getLogger(LookingBack.class);
  private static final int AT_ONCE = 10_000;
  private static final int TRIES = 3;
  private static final Duration GATHER = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Hunts hunts;
  private final Backlog waiting;
  private final Duration rest;
  private final Thread thread = Thread.ofPlatform().name("look-back").daemon().unstarted(this::go);
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param waiting what an earlier run left, and where all is kept that waits
   */
  public LookingBack(Hunts hunts, Backlog waiting) {
    this(hunts, waiting, BUSY);
  }

  /**
   * @param rest before a hunt that failed, or found no place, is tried again
   */
  LookingBack(Hunts hunts, Backlog waiting, Duration rest) {
    this.hunts = hunts;
    this.waiting = waiting;
    this.rest = rest;
  }

  /** Begins. */
  public LookingBack start() {
    thread.start();
    return this;
  }

  @Override
  public void found(List<Novelty> some) {
    waiting.add(some);
  }

  private void go() {
    try {
      settle();
      while (true) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.debug("looking back ends");
    }
    if (waiting.size() > 0) {
      LOG.info(
          "the next start looks through history for {} new indicators that wait", waiting.size());
    }
  }

  // What the last run was looking for when it ended, it may have come to the end of.
  private void settle() {
    try {
      waiting
          .begun()
          .ifPresent(
              begun ->
                  hunts
                      .find(begun.hunt(), Scope.national())
                      .filter(told -> told.entry().state() == HuntEntry.State.DONE)
                      .ifPresent(
                          told -> {
                            tell(told.entry());
                            waiting.done(begun.some());
                          }));
    } catch (RuntimeException e) {
      LOG.warn("some new indicators may be looked for twice", e);
    }
  }

  private void step() throws InterruptedException {
    try {
      if (waiting.hasNext()) {
        pause(GATHER); // they come by the thousand
        look(waiting.next(AT_ONCE, LookingBack::areAlike));
      } else {
        pause(LOOK);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("looking back goes on with what comes next", e);
      pause(rest);
    }
  }

  private static boolean areAlike(Novelty one, Novelty other) {
    return one.agencies().equals(other.agencies()) && isRestricted(one) == isRestricted(other);
  }

  private static boolean isRestricted(Novelty one) {
    return one.indicator().tlp().compareTo(Tlp.AMBER) > 0;
  }

  private void look(List<Novelty> some) throws InterruptedException {
    for (int tries = 1; tries <= TRIES; tries++) {
      if (hasLooked(some)) {
        waiting.done(some);
        return;
      }
      pause(rest);
    }
    LOG.error(
        "history could not be looked through for {} new indicators; they wait for the next start",
        some.size());
    waiting.setAside(some);
  }

  // Whose events they count for, each of them says itself.
  private boolean hasLooked(List<Novelty> some) throws InterruptedException {
    var scope = Scope.national();
    try {
      var begun = begin(some, new Asker.Who(BY, scope));
      waiting.begun(begun.entry().id(), some);
      for (var now = Optional.of(begun); now.flatMap(Hunts.Told::progress).isPresent(); ) {
        pause(LOOK);
        now = hunts.find(begun.entry().id(), scope);
      }
      var ended = hunts.find(begun.entry().id(), scope).map(Hunts.Told::entry);
      ended.filter(entry -> entry.state() != HuntEntry.State.RUNNING).ifPresent(LookingBack::tell);
      return ended.map(entry -> isEnd(entry.state())).orElse(true);
    } catch (RuntimeException | Error e) {
      LOG.error("history was not looked through for {} new indicators", some.size(), e);
      return false;
    }
  }

  // What people ended or removed is not begun again.
  private static boolean isEnd(HuntEntry.State state) {
    return switch (state) {
      case DONE, CANCELLED -> true;
      case RUNNING, FAILED, INTERRUPTED -> false;
    };
  }

  // A hunt that failed, was ended or could not read everything proves nothing.
  private static void tell(HuntEntry ended) {
    var result = HuntJson.tree(ended.result());
    long matched = result.path("matched").asLong();
    if (ended.state() != HuntEntry.State.DONE || !result.path("whole").asBoolean()) {
      LOG.warn(
          "history was looked through in part only for {} ({}; {} events hold them): hunt {} on the"
              + " page Hunts",
          ended.title(),
          ended.state().word(),
          matched,
          ended.id());
    } else if (matched > 0) {
      LOG.warn(
          "{} events of the past hold {}: hunt {} on the page Hunts",
          matched,
          ended.title(),
          ended.id());
    } else {
      LOG.info("history holds nothing of {} (hunt {})", ended.title(), ended.id());
    }
  }

  private Hunts.Told begin(List<Novelty> some, Asker.Who who) throws InterruptedException {
    var wanted =
        new Hunts.Wanted(
            title(some),
            isRestricted(some.getFirst()) ? HuntEntry.RESTRICTED : "indicators",
            text(some),
            new HuntTarget.Indicators(Novelties.set(some)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    while (true) {
      try {
        return hunts.begin(wanted, who);
      } catch (HuntFault e) { // people's hunts go first
        pause(rest);
      }
    }
  }

  private static String title(List<Novelty> some) {
    if (isRestricted(some.getFirst())) {
      return "Above TLP:AMBER: %d new indicators".formatted(some.size());
    }
    var sources =
        some.stream()
            .flatMap(each -> each.indicator().sources().stream())
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    return "%d new indicators of %s".formatted(some.size(), sources);
  }

  // What may not leave its circle is not shown in a list that others may read.
  private static String text(List<Novelty> some) {
    return some.stream()
        .map(each -> isRestricted(each) ? "# of TLP:" + each.indicator().tlp().word() : each.text())
        .collect(Collectors.joining("\n"));
  }

  // Nobody is interrupted amid a file.
  private void pause(Duration time) throws InterruptedException {
    if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the centre ends");
    }
  }

  /** Ends; a hunt under way ends with the hunts, and is begun anew by the next start. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
