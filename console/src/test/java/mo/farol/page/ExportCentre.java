package mo.farol.page;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import mo.farol.export.ExportConfig;
import org.awaitility.Awaitility;

/** A centre whose events are taken out: ana sees everything, rui what is of health. */
final class ExportCentre implements AutoCloseable {
  static final String DAY = "&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z";
  private static final String LINE = "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - ";

  final SmallCentre centre;

  ExportCentre(Path home, ExportConfig config) {
    this(home, false, config);
  }

  ExportCentre(Path home, boolean tls, ExportConfig config) {
    centre = new SmallCentre(home, tls, config);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
  }

  /** Sends a line; {@code settle} makes it searchable. */
  void send(String agency, String line) {
    centre.send(agency, centre.clock.instant(), line).join();
  }

  void settle() {
    centre.settle();
  }

  /** Sends so many lines of one message and makes them searchable. */
  void fill(int count, String message) {
    sendAlike(count, message);
    centre.settle();
  }

  /** The same with more than the buffers of a connection hold. */
  void fillMuch() {
    for (int n = 0; n < 50; n++) {
      sendAlike(10, "x".repeat(60_000));
    }
    centre.settle();
  }

  private void sendAlike(int count, String message) {
    String[] lines = new String[count];
    Arrays.fill(lines, LINE + message);
    centre.send("finance", centre.clock.instant(), lines).join();
  }

  /** What the API answers somebody. */
  HttpResponse<String> api(String name, String asked) {
    return apiBy(centre.token(name), asked);
  }

  /** What the API answers whoever has a token. */
  HttpResponse<String> apiBy(String token, String asked) {
    return new Visitor(centre).api(token, "GET", "/events/export?" + asked, "");
  }

  /** What the newest deed is. */
  String lastDeed() {
    return centre.deeds.latest(1).getFirst().what();
  }

  /** What the newest deed says. */
  String lastDetail() {
    return centre.deeds.latest(1).getFirst().detail();
  }

  /** Waits until the newest deed is the beginning of an export. */
  void awaitBegun() {
    Awaitility.await().until(() -> lastDeed().equals("events.export"));
  }

  @Override
  public void close() {
    centre.close();
  }
}
