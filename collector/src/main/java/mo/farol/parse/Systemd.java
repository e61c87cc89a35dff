package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.startsWith;

import mo.farol.event.Fields;

/** {@code Started Rotate log files.}, {@code Failed to start …}, sessions of users. */
final class Systemd implements Refiner {
  private static final byte[][] STARTS = {
    bytes("Starting "), bytes("Started "), bytes("Finished "), bytes("Stopping "), bytes("Stopped ")
  };
  private static final Kind[] KINDS = {
    Kind.of("systemd", "process", "unit-starting"),
    Kind.of("systemd", "process", "unit-started").succeeded(),
    Kind.of("systemd", "process", "unit-finished").succeeded(),
    Kind.of("systemd", "process", "unit-stopping"),
    Kind.of("systemd", "process", "unit-stopped").succeeded()
  };
  private static final Kind FAILED = Kind.of("systemd", "process", "unit-started").failed();
  private static final Kind OTHER = Kind.of("systemd", "", "");
  private static final byte[] FAILED_ = bytes("Failed to start ");
  private static final byte[] OF_USER = bytes(" of user ");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    for (int i = 0; i < STARTS.length; i++) {
      if (startsWith(b, from, to, STARTS[i])) {
        unit(draft, KINDS[i], from + STARTS[i].length, to);
        return;
      }
    }
    if (startsWith(b, from, to, FAILED_)) {
      unit(draft, FAILED, from + FAILED_.length, to);
      return;
    }
    OTHER.addTo(draft);
    user(draft, from, to);
  }

  private static void unit(EventDraft draft, Kind kind, int from, int to) {
    kind.addTo(draft);
    byte[] b = draft.bytes();
    int end = to;
    while (end > from && b[end - 1] == '.') {
      end--;
    }
    draft.add(Names.SERVICE_UNIT, from, end);
    user(draft, from, end);
  }

  private static void user(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int at = Ascii.find(b, from, to, OF_USER);
    if (at >= 0) {
      int end = Ascii.until(b, at + OF_USER.length, to, ' ');
      draft.add(Fields.USER_NAME, at + OF_USER.length, b[end - 1] == '.' ? end - 1 : end);
    }
  }
}
