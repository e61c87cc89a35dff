package mo.farol.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the sample agencies' traffic and the attack story over Farol's own listeners until closed.
 */
public final class DemoTraffic implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DemoTraffic.class);
  private static final Duration BETWEEN_STORIES = Duration.ofMinutes(4);
  private static final int LINES_A_SECOND = 8;

  /** Where each agency's logs go: the listeners as they were really bound. */
  public record Listeners(
      Map<String, InetSocketAddress> tcp,
      InetSocketAddress udp,
      InetSocketAddress http,
      Map<String, String> tokens) {}

  private final Listeners listeners;
  private final long seed;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  public DemoTraffic(Listeners listeners, long seed) {
    this.listeners = listeners;
    this.seed = seed;
  }

  /** Begins: one thread of everyday traffic an agency, one for the story. */
  public void start() {
    var agencies = SampleAgency.all();
    for (int i = 0; i < agencies.size(); i++) {
      var agency = agencies.get(i);
      var dice = new Dice(seed + i);
      threads.add(
          Thread.ofVirtual().name("demo-" + agency.id()).start(() -> everyday(agency, dice)));
    }
    threads.add(
        Thread.ofVirtual().name("demo-story").start(() -> stories(agencies, new Dice(seed + 99))));
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  private void everyday(SampleAgency agency, Dice dice) {
    try (var sender = sender(agency)) {
      var lines = new Everyday(agency, dice);
      while (!Thread.currentThread().isInterrupted()) {
        sender.send(lines.line(Instant.now()));
        Thread.sleep(dice.between(20, 2 * 1000 / LINES_A_SECOND));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      ended(agency.id(), e);
    }
  }

  private void stories(List<SampleAgency> agencies, Dice dice) {
    var senders = new HashMap<String, Sender>();
    try {
      for (var agency : agencies) {
        senders.put(agency.id(), sender(agency));
      }
      while (!Thread.currentThread().isInterrupted()) {
        play(new AttackStory(agencies, dice).tell(), senders);
        Thread.sleep(BETWEEN_STORIES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      ended("story", e);
    } finally {
      senders.values().forEach(DemoTraffic::closeQuietly);
    }
  }

  private static void play(List<AttackStory.Scene> scenes, Map<String, Sender> senders)
      throws IOException, InterruptedException {
    var begun = Instant.now();
    for (var scene : scenes) {
      var wait = Duration.between(Instant.now(), begun.plus(scene.after()));
      if (wait.isPositive()) {
        Thread.sleep(wait);
      }
      var sender = senders.get(scene.agency().id());
      if (sender != null) {
        sender.send(scene.line().at(Instant.now()));
      }
    }
  }

  private Sender sender(SampleAgency agency) throws IOException {
    return switch (agency.way()) {
      case TCP -> Sender.Tcp.to(tcp(agency));
      case UDP -> Sender.Udp.to(listeners.udp());
      case HTTP ->
          Sender.Http.to(listeners.http(), listeners.tokens().getOrDefault(agency.id(), ""));
    };
  }

  private InetSocketAddress tcp(SampleAgency agency) {
    var address = listeners.tcp().get(agency.id());
    if (address == null) {
      throw new IllegalStateException("no TCP listener for " + agency.id());
    }
    return address;
  }

  private void ended(String who, IOException e) {
    if (!closed) {
      log.warn("sample traffic of {} ended: {}", who, e.toString());
    }
  }

  private static void closeQuietly(Sender sender) {
    try {
      sender.close();
    } catch (IOException e) {
      log.debug("closing a sample sender: {}", e.toString());
    }
  }
}
