package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a million indicators take of memory, and of an event. A feed of the usual mix: a third
 * domains, a quarter addresses, digests, URLs, some networks and mail addresses; each with a UUID
 * of its own, a term and one of a few hundred sets of labels.
 */
@Tag("slow")
class MillionIndicatorsTest {
  private static final int COUNT = 1_000_000;

  @TempDir Path folder;

  @Test
  void a_million_take_less_than_200_megabytes() throws IOException {
    Path file = folder.resolve("feed.csv");
    write(file, COUNT);
    long before = used();
    long start = System.nanoTime();
    var indicators = Indicators.of(List.of(file), Optional.empty(), Seen.CLOCK);
    long buildMillis = (System.nanoTime() - start) / 1_000_000;
    long after = used();
    assertThat(indicators.report().refusedCount()).isZero();
    assertThat(indicators.current().size()).isEqualTo(COUNT);
    long bytes = after - before;
    System.out.printf(
        "%d indicators: %d bytes of heap after gc, %.1f an indicator, built in %d ms, %.0f ns an"
            + " event%n",
        COUNT, bytes, bytes / (double) COUNT, buildMillis, nanosAnEvent(indicators.current()));
    assertThat(bytes).isLessThan(200_000_000);
    assertThat(indicators.current().bytes()).isBetween(bytes * 3 / 4, bytes * 5 / 4);
    assertThat(indicators.current().find(Kind.ADDRESS, "45.0.0.0")).isNotNull();
  }

  static void write(Path file, int count) throws IOException {
    var random = new Random(1);
    byte[] digest = new byte[32];
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,kind,value,labels,valid_until\n");
      for (int i = 0; i < count; i++) {
        random.nextBytes(digest);
        String line =
            switch (i % 12) {
              case 0, 1, 2, 3 ->
                  "domain,h"
                      + Integer.toHexString(random.nextInt())
                      + "-"
                      + i
                      + ".example-"
                      + i % 977
                      + ".test";
              case 4, 5, 6 -> "ip,45." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
              case 7 -> "sha256," + HexFormat.of().formatHex(digest);
              case 8 -> "md5," + HexFormat.of().formatHex(digest, 0, 16);
              case 9 ->
                  "url,http://h" + i + ".test/path/of/" + random.nextInt() + "/gate.php?id=" + i;
              case 10 ->
                  "cidr,46." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 252) + "/30";
              default -> "mail,user" + i + "@h" + i % 1000 + ".test";
            };
        out.write(
            new UUID(random.nextLong(), random.nextLong())
                + ","
                + line
                + ",tag"
                + i % 300
                + ",2027-01-01\n");
      }
    }
  }

  private static double nanosAnEvent(IndicatorSet set) {
    var events =
        Seen.event(
            "a",
            Seen.NOW,
            List.of(
                Map.entry("source.ip", "47.99.64.1"),
                Map.entry("destination.ip", "48.1.2.3"),
                Map.entry("dns.question.name", "www.good-host.somewhere.test"),
                Map.entry("url.original", "https://www.good-host.somewhere.test/a/b?c=d"),
                Map.entry(
                    "file.hash.sha256",
                    "2c5dd8a64437cb2dd4b6747139c61d2d7f53ab3ddedbf22df3cb01bae170715b")));
    var matcher = new IndicatorMatcher(() -> set);
    int[] hits = new int[1];
    long start = 0;
    for (int i = -200_000; i < 1_000_000; i++) {
      if (i == 0) {
        start = System.nanoTime();
      }
      matcher.match(events, 0, _ -> hits[0]++);
    }
    assertThat(hits[0]).isZero();
    return (System.nanoTime() - start) / 1e6;
  }

  private static long used() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
