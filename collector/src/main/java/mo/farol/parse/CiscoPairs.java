package mo.farol.parse;

import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/** What Cisco's messages about people, tunnels and commands name by a word before it. */
final class CiscoPairs {
  /** What stands before a value, the byte that ends it, and its field. */
  private static final class Pair {
    final byte[] before;
    final char end;
    final int field;

    Pair(String line) {
      String[] parts = line.split("\\|", -1);
      before = Ascii.bytes(parts[0]);
      end = parts[1].charAt(0);
      field = Fields.id(parts[2]);
    }
  }

  private static final String TABLE =
      """
      Username = |,|user.name
      user = | |user.name
      User <|>|user.name
      User '|'|user.name
      user "|"|user.name
      user '|'|user.name
      uname: | |user.name
      [user: |]|user.name
      user IP = | |source.ip
      IP = |,|source.ip
      IP <|>|source.ip
      from IP |,|source.ip
      [Source: |]|source.ip
      Group = |,|user.group.name
      Group <|>|user.group.name
      server = | |server.ip
      Client IP = | |source.ip
      executed the '|'|process.command_line
      executed '|'|process.command_line
      command:|'|process.command_line
      Reason: |#|event.reason
      reason = |:|event.reason
      Session Type: |,|cisco.session_type
      Bytes xmt: |,|destination.bytes
      Bytes rcv: |,|source.bytes
      """;
  private static final Pair[] PAIRS = TABLE.lines().map(Pair::new).toArray(Pair[]::new);
  private static final byte[] REJECTED = Ascii.bytes("Rejected");
  private static final byte[] SUCCESSFUL = Ascii.bytes("Successful");
  private static final byte[] PERMITTED = Ascii.bytes("Login permitted");
  private static final byte[] DENIED = Ascii.bytes("Login denied");

  void read(Draft draft, int from, int to) {
    for (Pair pair : PAIRS) {
      value(draft, pair, from, to);
    }
    var outcome = outcome(draft.bytes(), from, to);
    if (outcome != null) {
      draft.word(Fields.EVENT_OUTCOME, outcome);
    }
  }

  private static void value(Draft draft, Pair pair, int from, int to) {
    byte[] b = draft.bytes();
    int at = Ascii.find(b, from, to, pair.before);
    if (at < 0 || draft.into().findOpen(pair.field) >= 0) {
      return;
    }
    int start = at + pair.before.length;
    int end = Ascii.until(b, start, to, pair.end);
    while (end > start && b[end - 1] == ' ') {
      end--;
    }
    draft.add(pair.field, start, end);
  }

  private static byte @Nullable [] outcome(byte[] b, int from, int to) {
    if (Ascii.find(b, from, to, REJECTED) > 0 || Ascii.find(b, from, to, DENIED) > 0) {
      return Words.FAILURE;
    }
    boolean good =
        Ascii.find(b, from, to, SUCCESSFUL) > 0 || Ascii.find(b, from, to, PERMITTED) > 0;
    return good ? Words.SUCCESS : null;
  }
}
