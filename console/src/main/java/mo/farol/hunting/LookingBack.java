package mo.farol.hunting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import mo.farol.event.Scope;
import mo.farol.hunt.HuntEntry;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.HuntJson;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.Quarry;
import mo.farol.indicator.Novelties;
import mo.farol.indicator.Tlp;
import mo.farol.search.Asker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through history for indicators that are new: one hunt after the other, each for as many as
 * came together and count for the same agencies, on a thread of its own. The hunts are the whole
 * centre's; those for indicators above TLP:AMBER are read by people who work alerts only.
 */
public final class LookingBack implements Novelties, AutoCloseable {
  /** By whom these hunts are. */
  public static final String BY = Hunts.CENTRE;

  private static final Logger LOG = LoggerFactory.getLogger(LookingBack.class);
  private static final int AT_ONCE = 10_000;
  private static final Duration GATHER = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration BUSY = Duration.ofSeconds(10);

  private final Hunts hunts;
  private final Queue<Novelty> waiting = new ArrayDeque<>();
  private final Thread thread = Thread.ofPlatform().name("look-back").daemon().unstarted(this::go);
  private int inHand; // taken, and not looked for to the end
  private volatile boolean closing;

  public LookingBack(Hunts hunts) {
    this.hunts = hunts;
  }

  /** Begins. */
  public LookingBack start() {
    thread.start();
    return this;
  }

  @Override
  public void found(List<Novelty> some) {
    synchronized (waiting) {
      waiting.addAll(some);
    }
  }

  private void go() {
    try {
      while (!closing) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tellLeft();
  }

  private void step() throws InterruptedException {
    try {
      if (isIdle()) {
        Thread.sleep(LOOK);
      } else {
        Thread.sleep(GATHER); // they come by the thousand
        look(take());
      }
    } catch (RuntimeException | Error e) {
      LOG.error("looking back goes on with what comes next", e);
    }
  }

  private boolean isIdle() {
    synchronized (waiting) {
      return waiting.isEmpty();
    }
  }

  private List<Novelty> take() {
    synchronized (waiting) {
      var some = new ArrayList<Novelty>();
      var first = waiting.element();
      while (some.size() < AT_ONCE && !waiting.isEmpty() && isLike(waiting.element(), first)) {
        some.add(waiting.remove());
      }
      return some;
    }
  }

  private static boolean isLike(Novelty one, Novelty other) {
    return one.agencies().equals(other.agencies()) && isRestricted(one) == isRestricted(other);
  }

  private static boolean isRestricted(Novelty one) {
    return one.indicator().tlp().compareTo(Tlp.AMBER) > 0;
  }

  // Whose events they count for, each of them says itself.
  private void look(List<Novelty> some) throws InterruptedException {
    var scope = Scope.national();
    var who = new Asker.Who(BY, scope);
    inHand = some.size();
    try {
      var begun = begin(some, who);
      for (var now = begun; now.progress().isPresent() && !closing; ) {
        Thread.sleep(LOOK);
        now = hunts.find(begun.entry().id(), scope).orElse(now);
      }
      hunts.find(begun.entry().id(), scope).map(Hunts.Told::entry).ifPresent(LookingBack::tell);
      inHand = 0;
    } catch (RuntimeException | Error e) {
      LOG.error("history was not looked through for {} new indicators", some.size(), e);
    }
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
            new Quarry.Indicators(Novelties.set(some)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    while (true) {
      try {
        return hunts.begin(wanted, who);
      } catch (HuntFault e) { // people's hunts go first
        Thread.sleep(BUSY);
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
        .map(
            each ->
                isRestricted(each)
                    ? "# of TLP:" + each.indicator().tlp().word()
                    : each.indicator().value())
        .collect(Collectors.joining("\n"));
  }

  private void tellLeft() {
    synchronized (waiting) {
      if (!waiting.isEmpty() || inHand > 0) {
        LOG.warn(
            "the centre ends before history was looked through for {} new indicators; hunt for them"
                + " on the page Hunts",
            waiting.size() + inHand);
      }
    }
  }

  /** Ends; a hunt under way ends with the hunts. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }
}
