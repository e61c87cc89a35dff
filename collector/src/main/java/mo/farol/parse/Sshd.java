package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.startsWith;

import mo.farol.event.Fields;

/**
 * OpenSSH server. An outcome is given only by the line that reports the attempt itself ({@code
 * Accepted}, {@code Failed}), so that one attempt is counted once.
 */
final class Sshd implements Refiner {
  private static final Kind ACCEPTED = Kind.of("sshd", "authentication", "ssh-login").succeeded();
  private static final Kind FAILED = Kind.of("sshd", "authentication", "ssh-login").failed();
  private static final Kind INVALID = Kind.of("sshd", "authentication", "ssh-invalid-user");
  private static final Kind TOO_MANY = Kind.of("sshd", "authentication", "ssh-too-many-attempts");
  private static final Kind REFUSED = Kind.of("sshd", "authentication", "ssh-user-refused");
  private static final Kind CLOSED = Kind.of("sshd", "session", "ssh-disconnect");
  private static final Kind CONNECTED = Kind.of("sshd", "network", "ssh-connected");
  private static final Kind OTHER = Kind.of("sshd", "", "");

  private static final byte[] ACCEPTED_ = bytes("Accepted ");
  private static final byte[] FAILED_ = bytes("Failed ");
  private static final byte[] INVALID_ = bytes("Invalid user ");
  private static final byte[] CLOSED_ = bytes("Connection closed by ");
  private static final byte[] RESET_ = bytes("Connection reset by ");
  private static final byte[] DISCONNECTED_ = bytes("Disconnected from ");
  private static final byte[] DISCONNECTING_ = bytes("Disconnecting ");
  private static final byte[] RECEIVED_ = bytes("Received disconnect from ");
  private static final byte[] CONNECTION_ = bytes("Connection from ");
  private static final byte[] ERROR_ = bytes("error: ");
  private static final byte[] MAXIMUM_ = bytes("maximum authentication attempts exceeded for ");
  private static final byte[] USER_ = bytes("User ");

  private static final byte[] FOR = bytes(" for ");
  private static final byte[] FROM = bytes(" from ");
  private static final byte[] PORT = bytes(" port ");
  private static final byte[] SSH2 = bytes(" ssh2: ");
  private static final byte[] NOT_ALLOWED = bytes(" not allowed because ");
  private static final byte[] INVALID_USER = bytes("invalid user ");
  private static final byte[] AUTHENTICATING_USER = bytes("authenticating user ");
  private static final byte[] USER = bytes("user ");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = startsWith(b, from, to, ERROR_) ? from + ERROR_.length : from;
    if (startsWith(b, p, to, ACCEPTED_)) {
      ACCEPTED.addTo(draft);
      attempt(draft, p + ACCEPTED_.length, to);
    } else if (startsWith(b, p, to, FAILED_)) {
      FAILED.addTo(draft);
      attempt(draft, p + FAILED_.length, to);
    } else if (startsWith(b, p, to, INVALID_)) {
      INVALID.addTo(draft);
      userFrom(draft, p + INVALID_.length, to);
    } else if (startsWith(b, p, to, MAXIMUM_)) {
      TOO_MANY.addTo(draft);
      userFrom(draft, p + MAXIMUM_.length, to);
    } else if (startsWith(b, p, to, USER_)) {
      refused(draft, p + USER_.length, to);
    } else {
      connection(draft, p, to);
    }
  }

  /** {@code password for invalid user bob from 192.0.2.1 port 22 ssh2}. */
  private static void attempt(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int method = Ascii.find(b, from, to, FOR);
    if (method < 0) {
      return;
    }
    draft.add(Names.SSHD_METHOD, from, method);
    int key = Ascii.find(b, method, to, SSH2);
    if (key > 0) {
      draft.add(Names.SSHD_SIGNATURE, key + SSH2.length, to);
    }
    userFrom(draft, method + FOR.length, key > 0 ? key : to);
  }

  /** User, then address and port after the last " from ": a user may be called "x from y". */
  private static void userFrom(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start = startsWith(b, from, to, INVALID_USER) ? from + INVALID_USER.length : from;
    int at = Text.findLast(b, start - 1, to, FROM);
    if (at < start - 1) {
      return;
    }
    draft.add(Fields.USER_NAME, start, at);
    address(draft, at + FROM.length, to);
  }

  private static void refused(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int because = Ascii.find(b, from, to, NOT_ALLOWED);
    if (because < 0) {
      OTHER.addTo(draft);
      return;
    }
    REFUSED.addTo(draft);
    draft.add(Names.REASON, because + NOT_ALLOWED.length, to);
    userFrom(draft, from, because);
  }

  private static void connection(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Text.after(b, from, to, CLOSED_, RESET_, DISCONNECTED_, RECEIVED_);
    if (p > 0) {
      CLOSED.addTo(draft);
      peer(draft, p, to);
      return;
    }
    if (startsWith(b, from, to, CONNECTION_)) {
      CONNECTED.addTo(draft);
      peer(draft, from + CONNECTION_.length, to);
      return;
    }
    boolean closing = startsWith(b, from, to, DISCONNECTING_);
    (closing ? CLOSED : OTHER).addTo(draft);
    int at = Ascii.find(b, from, to, PORT);
    if (at > 0) {
      int word = Ascii.findLast(b, from, at, ' ') + 1;
      address(draft, Math.max(word, from), to);
    }
  }

  /** {@code [authenticating user] bob 192.0.2.1 port 22}: who, if said, and from where. */
  private static void peer(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int named = Text.after(b, from, to, AUTHENTICATING_USER, INVALID_USER, USER);
    if (named < 0) {
      address(draft, from, to);
      return;
    }
    int port = Text.findLast(b, named, to, PORT);
    int address = port < 0 ? -1 : Ascii.findLast(b, named, port, ' ');
    if (address >= named) {
      draft.add(Fields.USER_NAME, named, address);
      address(draft, address + 1, to);
    }
  }

  /** {@code 192.0.2.1 port 22 …}. */
  private static void address(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, ' ');
    if (!Text.isAddress(b, from, end)) {
      return;
    }
    draft.add(Fields.SOURCE_IP, from, end);
    if (startsWith(b, end, to, PORT)) {
      int port = end + PORT.length;
      draft.add(Fields.SOURCE_PORT, port, Ascii.skipDigits(b, port, to));
    }
  }
}
