package mo.farol.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Whether the system keeps its clock by others; asked of the system, not of the network. */
final class ClockLook {
  private static final int PATIENCE_SECONDS = 3;

  private ClockLook() {}

  static void at(Remarks remarks) throws IOException {
    switch (synchronised()) {
      case "yes" -> remarks.ok("clock", "the system keeps it by NTP");
      case "no" ->
          remarks.warn(
              "clock",
              "the system does not keep it by NTP: heads, due times and correlations go by it;"
                  + " start chrony or systemd-timesyncd");
      default ->
          remarks.ok("clock", "the system does not tell whether it is kept by NTP: see to that");
    }
  }

  private static String synchronised() throws IOException {
    try {
      var process =
          new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (IOException e) {
      return ""; // no such program here
    }
  }
}
