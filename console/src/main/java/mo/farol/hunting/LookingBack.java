package mo.farol.hunting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
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
 * came together and count for the same agencies, on a thread of its own.
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
        if (isIdle()) {
          Thread.sleep(LOOK);
        } else {
          Thread.sleep(GATHER); // they come by the thousand
          look(take());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tellLeft();
  }

  private boolean isIdle() {
    synchronized (waiting) {
      return waiting.isEmpty();
    }
  }

  private List<Novelty> take() {
    synchronized (waiting) {
      var some = new ArrayList<Novelty>();
      Set<String> agencies = waiting.element().agencies();
      while (some.size() < AT_ONCE
          && !waiting.isEmpty()
          && waiting.element().agencies().equals(agencies)) {
        some.add(waiting.remove());
      }
      return some;
    }
  }

  private void look(List<Novelty> some) throws InterruptedException {
    var agencies = some.getFirst().agencies();
    var scope = agencies.isEmpty() ? Scope.national() : Scope.of(agencies.toArray(String[]::new));
    var who = new Asker.Who(BY, scope);
    try {
      var begun = begin(some, who);
      for (var now = begun; now.progress().isPresent() && !closing; ) {
        Thread.sleep(LOOK);
        now = hunts.find(begun.entry().id(), scope).orElse(now);
      }
      hunts.find(begun.entry().id(), scope).map(Hunts.Told::entry).ifPresent(LookingBack::tell);
    } catch (RuntimeException e) {
      LOG.error("history was not looked through for {} new indicators", some.size(), e);
    }
  }

  private static void tell(HuntEntry ended) {
    long matched = HuntJson.tree(ended.result()).path("matched").asLong();
    if (matched > 0) {
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
            "indicators",
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
        .map(Novelty::indicator)
        .map(each -> each.tlp().compareTo(Tlp.AMBER) <= 0 ? each.value() : "# of " + each.tlp())
        .collect(Collectors.joining("\n"));
  }

  private void tellLeft() {
    synchronized (waiting) {
      if (!waiting.isEmpty()) {
        LOG.warn(
            "the centre ends before history was looked through for {} new indicators; hunt for them"
                + " on the page Hunts",
            waiting.size());
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
