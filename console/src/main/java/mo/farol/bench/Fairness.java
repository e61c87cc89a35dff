package mo.farol.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a noisy agency does to a quiet one: the time until the quiet one's requests are answered, so
 * on disk, while the other sends nothing, sends its quota, and offers ten times its quota. The
 * three states take turns. Who is noisy over RELP or HTTP runs at the lowest priority, for in life
 * it has processors of its own.
 */
public final class Fairness {
  private static final long QUOTA = 5_000;
  private static final int SETTLING_SECONDS = 8;
  private static final int REQUESTS_A_SECOND = 50;
  private static final int LINE_BYTES = 260;

  /** By what the noisy agency sends. */
  public enum Over {
    /** Syslog over TCP: what is too much isn't read. */
    TCP,
    /** RELP: what is too much isn't read, and its answers are late. */
    RELP,
    /** HTTP: what is too much is answered 429, and the sender asks again at once. */
    HTTP
  }

  private enum Noise {
    NONE(0),
    QUOTA(1),
    TEN_TIMES(10);

    private final int times;

    Noise(int times) {
      this.times = times;
    }
  }

  private final int runs;
  private final int seconds;
  private final Over over;

  /**
   * @param seconds of each state in each run
   */
  public Fairness(int runs, int seconds, Over over) {
    this.runs = runs;
    this.seconds = seconds;
    this.over = over;
  }

  public void measure(Path home) throws IOException, InterruptedException {
    System.out.printf(
        "fairness: a quiet agency posts 10 lines %d times a second; a noisy one has a quota of %,d"
            + " events/s and comes over %s; %d s a state%n",
        REQUESTS_A_SECOND, QUOTA, over, seconds);
    var median = new ArrayList<List<Double>>();
    var high = new ArrayList<List<Double>>();
    for (var _ : Noise.values()) {
      median.add(new ArrayList<>());
      high.add(new ArrayList<>());
    }
    try (var centre = new FarolReceiver(home.resolve("fairness"), QUOTA);
        var client = HttpClient.newHttpClient()) {
      answers(client, centre.at("intake.http")); // warms up
      for (int run = 0; run < runs; run++) {
        for (var noise : Noise.values()) {
          long[] nanos = under(noise, centre, client);
          median.get(noise.ordinal()).add(millis(nanos, 0.5));
          high.get(noise.ordinal()).add(millis(nanos, 0.99));
        }
      }
    }
    for (var noise : Noise.values()) {
      System.out.printf(
          Locale.ROOT,
          "  noisy agency at %2d times its quota: answered after p50 %s ms, p99 %s ms (min / median"
              + " / max of runs)%n",
          noise.times,
          spread(median.get(noise.ordinal())),
          spread(high.get(noise.ordinal())));
    }
  }

  private long[] under(Noise noise, FarolReceiver centre, HttpClient client)
      throws IOException, InterruptedException {
    if (noise == Noise.NONE) {
      return answers(client, centre.at("intake.http"));
    }
    var flood = flood(centre, QUOTA * noise.times);
    try {
      Thread.sleep(5_000); // until it has made its lines and is under way
      return answers(client, centre.at("intake.http"));
    } finally {
      flood.destroyForcibly();
      flood.waitFor();
      Thread.sleep(3_000); // what it left is paid for
    }
  }

  private Process flood(FarolReceiver centre, long rate) throws IOException {
    int lasting = 2 * (seconds + SETTLING_SECONDS); // ended before
    return switch (over) {
      case TCP -> Generator.start(centre.address(), rate * lasting, rate, LINE_BYTES);
      case RELP -> ChildJvm.startAside(timed("--relp", centre.at("intake.relp"), rate, lasting));
      case HTTP -> ChildJvm.startAside(timed("--http", centre.at("intake.http"), rate, lasting));
    };
  }

  private static List<String> timed(String role, String to, long rate, int lasting) {
    return List.of(
        "bench", role, to, "--rate", Long.toString(rate), "--seconds", Integer.toString(lasting));
  }

  private long[] answers(HttpClient client, String to) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + to + "/v1/events"))
            .header("Authorization", "Bearer quiet")
            .POST(HttpRequest.BodyPublishers.ofString("<14>a quiet agency's line\n".repeat(10)))
            .build();
    long[] nanos = new long[seconds * REQUESTS_A_SECOND];
    long begun = System.nanoTime();
    for (int i = 0; i < nanos.length; i++) {
      long due = begun + i * 1_000_000_000L / REQUESTS_A_SECOND;
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      long asked = System.nanoTime();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      nanos[i] = System.nanoTime() - asked;
      if (status != 200) {
        throw new IOException("the quiet agency was answered " + status);
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static double millis(long[] sorted, double part) {
    return sorted[(int) Math.ceil(sorted.length * part) - 1] / 1e6;
  }

  private static String spread(List<Double> figures) {
    Collections.sort(figures);
    return String.format(
        Locale.ROOT,
        "%.2f / %.2f / %.2f",
        figures.getFirst(),
        figures.get(figures.size() / 2),
        figures.getLast());
  }
}
