package mo.farol.parse;

import mo.farol.event.Fields;

/** What Cisco's messages about people, tunnels and commands name by a word before it. */
final class CiscoPairs {
  /** What stands before a value, the byte that ends it, its field, and the only code it is of. */
  private static final class Pair {
    private static final int NO_END = -1;

    final byte[] before;
    final int end;
    final int field;
    final byte[] code;

    Pair(String line) {
      String[] parts = line.split("\\|", -1);
      before = Ascii.bytes(parts[0]);
      end = parts[1].isEmpty() ? NO_END : parts[1].charAt(0);
      field = Fields.id(parts[2]);
      code = parts.length > 3 ? Ascii.bytes(parts[3]) : NONE;
    }
  }

  private static final byte[] NONE = {};
  private static final String TABLE =
      """
      Username = |,|user.name
      user = | |user.name
      user= |)|user.name
      User <|>|user.name
      User '|'|user.name
      user "|"|user.name
      user '|'|user.name
      Uname: | |user.name
      [user: |]|user.name
      User | |user.name|113006
      User | |user.name|113007
      DAP: User |,|user.name
      warning, user |,|user.name
      for user | |user.name|106102
      for user | |user.name|106103
      , user | |user.name|303002
      User:| |user.name|CFGLOG_LOGGEDCMD
      from console by | |user.name|CONFIG_I
      user IP = | |source.ip
      IP = |,|source.ip
      IP <|>|source.ip
      from IP |,|source.ip
      IP address: |,|source.ip
      , Addr |,|source.ip
      [Source: |]|source.ip
      Host | |source.ip|733101
      adds host | |source.ip|733102
      (|)|source.ip|CONFIG_I
      Group = |,|user.group.name
      Group <|>|user.group.name
      IPv4 Address <|>|cisco.assigned_ip
      server = | |server.ip
      Client IP = | |source.ip
      executed the '|'|process.command_line
      executed '|'|process.command_line
      executed cmd: ||process.command_line
      command:|'|process.command_line
      Stored file ||file.path
      Retrieved file ||file.path
      [Reason: |]|event.reason
      Reason: ||event.reason
      reason: "|"|event.reason
      reason = |:|event.reason
      terminated: |.|event.reason
      , cause: ||event.reason
      Session Type: |,|cisco.session_type
      Bytes xmt: |,|destination.bytes
      Bytes rcv: |,|source.bytes
      threat-level: |,|cisco.threat_level
      category: |,|cisco.threat_category
      """;
  private static final Pair[] PAIRS = TABLE.lines().map(Pair::new).toArray(Pair[]::new);
  private static final byte[][] FAILURES = {
    Ascii.bytes("Rejected"),
    Ascii.bytes("rejected"),
    Ascii.bytes("Login denied"),
    Ascii.bytes("Login failed"),
    Ascii.bytes("login session failed"),
    Ascii.bytes("uthentication failed")
  };
  private static final byte[][] SUCCESSES = {
    Ascii.bytes("Successful"),
    Ascii.bytes("successful,"),
    Ascii.bytes("Login permitted"),
    Ascii.bytes("Login Success"),
    Ascii.bytes("uthentication succeeded")
  };

  /** Reads a message whose code stands from {@code code} to {@code codeEnd}. */
  void read(EventDraft draft, int code, int codeEnd, int from, int to) {
    byte[] b = draft.bytes();
    for (Pair pair : PAIRS) {
      if (pair.code.length == 0 || Ascii.is(b, code, codeEnd, pair.code)) {
        value(draft, pair, from, to);
      }
    }
    if (holds(b, from, to, FAILURES)) {
      draft.word(Fields.EVENT_OUTCOME, Words.FAILURE);
    } else if (holds(b, from, to, SUCCESSES)) {
      draft.word(Fields.EVENT_OUTCOME, Words.SUCCESS);
    }
  }

  private static void value(EventDraft draft, Pair pair, int from, int to) {
    byte[] b = draft.bytes();
    int at = Ascii.find(b, from, to, pair.before);
    if (at < 0 || draft.into().findOpen(pair.field) >= 0) {
      return;
    }
    int start = Ascii.skipSpaces(b, at + pair.before.length, to);
    int end = pair.end == Pair.NO_END ? to : Ascii.until(b, start, to, pair.end);
    boolean closes = end == to && pair.end != Pair.NO_END;
    while (end > start && (b[end - 1] == ' ' || (closes && b[end - 1] == '.'))) {
      end--;
    }
    draft.add(pair.field, start, end);
  }

  private static boolean holds(byte[] b, int from, int to, byte[][] words) {
    for (byte[] word : words) {
      if (Ascii.find(b, from, to, word) > 0) {
        return true;
      }
    }
    return false;
  }
}
