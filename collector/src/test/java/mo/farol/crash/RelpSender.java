package mo.farol.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import mo.farol.intake.RelpClient;

/** Sends over RELP with the window rsyslog has. */
final class RelpSender extends Sender {
  private static final int WINDOW = 128;
  private static final int FIRST_FRAME = 2;
  private static final int BURST = 10;
  private static final long PAUSE_NANOS = 20_000_000;

  RelpSender(int id, Told told, long seed) {
    super(id, told, seed);
  }

  @Override
  void send(Child.Ports ports) throws IOException, InterruptedException {
    Map<Integer, Long> waiting = new ConcurrentHashMap<>();
    try (var client =
        new RelpClient(
            "127.0.0.1", ports.relp(), WINDOW, frame -> told.answered(waiting.remove(frame)))) {
      for (int frame = FIRST_FRAME; ; ) {
        for (int left = 1 + random.nextInt(BURST); left > 0; left--) {
          long number = take();
          waiting.put(frame++, number);
          client.send(text(number));
        }
        client.flush();
        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
      }
    } finally {
      leave(waiting.values());
    }
  }

  private static byte[] text(long number) {
    return ("<14>1 " + time(number) + " pier crash - - - " + WORD + number).getBytes(US_ASCII);
  }
}
