package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Records of the Linux audit daemon: {@code [node=h ]type=SYSCALL msg=audit(1364481363.243:24287):
 * arch=… comm="cat" …}, the enriched part behind a group separator (0x1d), the {@code msg='…'} of
 * user records, and the kernel's own {@code audit: type=1400 audit(…): …}. Fields keep their audit
 * names, as Sigma's rules for auditd call them; values in hexadecimal are undone.
 */
final class Auditd implements Format {
  private static final byte[] TYPE = bytes("type=");
  private static final byte[] NODE = bytes("node=");
  private static final byte[] KERNEL = bytes("audit: type=");
  private static final byte[] AUDIT = bytes("audit(");
  private static final byte[] DATASET = bytes("auditd");
  private static final byte[] INNER = bytes("msg='");
  private static final byte[] YES = bytes("yes");
  private static final byte[] FAILED = bytes("failed");
  private static final int TYPE_FIELD = Fields.id("type");
  private static final int SUCCESS = Fields.id("success");
  private static final int RESULT = Fields.id("res");
  private static final int SERIAL = Fields.id("auditd.serial");
  private static final String TABLE =
      """
      process.executable whole exe
      process.name leaf comm
      process.pid whole pid
      process.parent.pid whole ppid
      process.command_line whole proctitle cmd
      process.working_directory whole cwd
      process.tty whole tty terminal
      user.name whole acct AUID UID auid
      user.id whole uid
      user.audit.id whole auid
      user.effective.id whole euid
      user.effective.name whole EUID
      group.id whole gid
      source.ip address addr
      source.domain whole auditd.hostname
      file.path whole name
      event.action lower SYSCALL op operation type
      rule.name whole key
      """;

  private final AuditValues values = new AuditValues();
  private final EcsCopies copies = new EcsCopies("", TABLE);

  @Override
  public String name() {
    return "auditd";
  }

  @Override
  public String starts() {
    return "tna[";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return start(draft.bytes(), from, to) >= 0;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int type = start(b, from, to);
    if (type < 0) {
      return "no type= and audit( at the start";
    }
    int first = draft.into().filled();
    draft.word(Fields.EVENT_DATASET, DATASET);
    if (type > from && Ascii.startsWith(b, from, to, NODE)) {
      host(draft, from + NODE.length, type - 1);
    }
    int typeEnd = Ascii.until(b, type, to, ' ');
    draft.add(TYPE_FIELD, type + TYPE.length, typeEnd);
    int stamp = find(b, typeEnd, to, AUDIT) + AUDIT.length;
    int close = Ascii.until(b, stamp, to, ')');
    stamp(draft, stamp, close);
    boolean isExecve = values.isExecve(b, type + TYPE.length, typeEnd);
    pairs(draft, Math.min(close + 2, to), to, isExecve);
    outcome(draft);
    copies.add(draft, first);
    return null;
  }

  /** Index of {@code type=}, or -1 where this is no audit record. */
  private static int start(byte[] b, int from, int to) {
    int type = from;
    int uptime =
        from < to && b[from] == '[' ? Ascii.until(b, from, Math.min(to, from + 24), ']') : -1;
    int text = uptime < 0 ? from : Math.min(uptime + 2, to);
    if (Ascii.startsWith(b, text, to, KERNEL)) {
      type = text + KERNEL.length - TYPE.length;
    } else if (Ascii.startsWith(b, from, to, NODE)) {
      type = Ascii.until(b, from, Math.min(to, from + 256), ' ') + 1;
    }
    boolean has = type < to && Ascii.startsWith(b, type, to, TYPE);
    return has && find(b, type, Math.min(to, type + 64), AUDIT) > 0 ? type : -1;
  }

  private static void host(EventDraft draft, int from, int to) {
    if (draft.into().findOpen(Fields.HOST_NAME) < 0) {
      draft.add(Fields.HOST_NAME, from, to);
    }
  }

  /** {@code 1364481363.243:24287}. */
  private static void stamp(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int colon = Ascii.until(b, from, to, ':');
    long at = draft.dates().epoch(b, from, colon);
    if (at != Micros.NONE) {
      draft.occurredAt(at);
    }
    draft.add(SERIAL, Math.min(colon + 1, to), to);
  }

  private void pairs(EventDraft draft, int from, int to, boolean isExecve) {
    byte[] b = draft.bytes();
    for (int p = skip(b, from, to); p < to && draft.hasRoom(); ) {
      int equals = Ascii.find(b, p, to, '=');
      if (equals < 0) {
        return;
      }
      if (Ascii.startsWith(b, p, to, INNER)) {
        p = skip(b, p + INNER.length, to);
        continue;
      }
      int key = Math.max(p, lastSpace(b, p, equals) + 1);
      int end = end(b, equals + 1, to);
      values.add(draft, key, equals, equals + 1, end, isExecve);
      p = skip(b, end, to);
    }
  }

  /** Text between the pairs is passed over: a key begins after the last space before its =. */
  private static int lastSpace(byte[] b, int from, int to) {
    return Ascii.findLast(b, from, to, ' ');
  }

  /** End of a value: of its quotes, or before a space, a quote or a separator. */
  private static int end(byte[] b, int from, int to) {
    if (from < to && b[from] == '"') {
      return Math.min(Ascii.until(b, from + 1, to, '"') + 1, to);
    }
    int p = from;
    while (p < to && b[p] != ' ' && b[p] != '\'' && b[p] != 0x1d) {
      p++;
    }
    return p;
  }

  private static int skip(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (b[p] == ' ' || b[p] == 0x1d || b[p] == '\'' || b[p] == ',')) {
      p++;
    }
    return p;
  }

  private static void outcome(EventDraft draft) {
    var into = draft.into();
    int k = into.findOpen(SUCCESS);
    int result = k < 0 ? into.findOpen(RESULT) : k;
    if (result < 0) {
      return;
    }
    byte[] b = into.bytes(result);
    int from = into.start(result);
    int to = from + into.length(result);
    boolean good = Ascii.is(b, from, to, YES) || Ascii.is(b, from, to, Words.SUCCESS);
    boolean one = to - from == 1 && b[from] == '1';
    boolean bad = to > from && (b[from] == 'n' || Ascii.is(b, from, to, FAILED) || b[from] == '0');
    if (good || one || bad) {
      draft.word(Fields.EVENT_OUTCOME, good || one ? Words.SUCCESS : Words.FAILURE);
    }
  }
}
