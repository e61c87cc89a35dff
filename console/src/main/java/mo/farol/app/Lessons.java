package mo.farol.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import mo.farol.centre.Farol;
import mo.farol.sample.Traffic;

/**
 * What a centre does every day, done a little: lines come in, are indexed and watched, and are
 * searched. The JVM notes which methods are busy, so that later starts compile those at once.
 */
final class Lessons {
  // Enough for segments to be merged and correlations to cross: what was never seen here is
  // compiled for the wrong types, and again, while a centre works.
  private static final int EVENTS = 600_000;
  private static final int ROUNDS = 150;
  private static final long MOST_MILLIS = 90_000;
  private static final int PAUSE_MILLIS = 20;

  private final Farol centre;
  private final CentreClient client;
  private final Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
  private final long end = System.nanoTime() + MOST_MILLIS * 1_000_000;

  Lessons(Farol centre, CentreClient client) {
    this.centre = centre;
    this.client = client;
  }

  /** All of them, for a minute and a half at most. */
  void take() throws IOException, InterruptedException {
    receive();
    while (centre.status().detected() < EVENTS && !isOver()) {
      Thread.sleep(PAUSE_MILLIS);
    }
    for (int i = 0; i < ROUNDS && !isOver(); i++) {
      search(i);
    }
  }

  private void receive() throws IOException {
    var traffic = new Traffic(day, EVENTS, 1);
    var to = centre.listener("intake.syslog.tcp");
    try (var socket = new Socket(to.getAddress(), to.getPort());
        var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
      var line = new StringBuilder();
      for (int i = 0; i < EVENTS && !isOver(); i++) {
        line.setLength(0);
        traffic.next(line);
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void search(int i) {
    page("source.ip:" + Traffic.address(i));
    page("source.ip:" + Traffic.address(5_000 + 17 * i));
    page("failed AND password");
    page("url.path:*" + Traffic.digits(i).substring(2, 6) + "*.js");
    page("\"failed password\" AND NOT user.name:root");
    page("failed | count by host.name | sort -count");
    ask("/events/histogram", Map.of("q", "", "bins", "61"));
    ask("/events/histogram", Map.of("q", "failed AND password", "bins", "61"));
    ask("/events/top", Map.of("field", "user.name", "limit", "10"));
    ask("/alerts", Map.of());
  }

  private void page(String query) {
    ask("/events", Map.of("q", query, "limit", "50"));
  }

  private void ask(String path, Map<String, String> parameters) {
    var all = new HashMap<>(parameters);
    all.put("from", day.toString());
    all.put("to", day.plus(Traffic.SPAN).toString());
    client.get(path, path.equals("/alerts") ? parameters : all);
  }

  private boolean isOver() {
    return System.nanoTime() - end >= 0;
  }
}
