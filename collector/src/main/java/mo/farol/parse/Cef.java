package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/** ArcSight Common Event Format 0 and 1: seven parts between bars, then {@code key=value}. */
final class Cef implements Format {
  private static final byte[] START = bytes("CEF:");
  private static final byte[] DATASET = bytes("cef");
  private static final int[] HEADER = {
    Fields.id("cef.version"),
    Fields.id("cef.device.vendor"),
    Fields.id("cef.device.product"),
    Fields.id("cef.device.version"),
    Fields.id("cef.device.event_class_id"),
    Fields.id("cef.name"),
    Fields.id("cef.severity")
  };
  private static final int CLASS_PART = 4;
  private static final String EXTENSIONS = "cef.extensions.";
  private static final String TABLE =
      """
      source.ip whole src sourceAddress c6a2
      source.port whole spt sourcePort
      source.domain whole shost sourceHostName sourceDnsDomain
      source.mac whole smac sourceMacAddress
      source.bytes whole out bytesOut
      source.nat.ip whole sourceTranslatedAddress
      source.nat.port whole sourceTranslatedPort
      source.geo.location.lat whole slat sourceGeoLatitude
      source.geo.location.lon whole slong sourceGeoLongitude
      source.service.name whole sourceServiceName
      destination.ip whole dst destinationAddress c6a3
      destination.port whole dpt destinationPort
      destination.domain whole dhost destinationHostName destinationDnsDomain
      destination.mac whole dmac destinationMacAddress
      destination.bytes whole in bytesIn
      destination.nat.ip whole destinationTranslatedAddress
      destination.nat.port whole destinationTranslatedPort
      destination.service.name whole destinationServiceName
      network.transport transport proto transportProtocol
      network.application lower app applicationProtocol
      network.direction direction deviceDirection
      user.name leaf suser sourceUserName duser destinationUserName
      user.id whole suid sourceUserId duid destinationUserId
      user.domain whole sntdom sourceNtDomain dntdom destinationNtDomain
      user.target.name leaf duser destinationUserName
      user.target.id whole duid destinationUserId
      user.target.domain whole dntdom destinationNtDomain
      event.action whole act deviceAction
      event.outcome outcome outcome eventOutcome
      event.reason whole reason
      event.id whole externalId
      event.start time start startTime
      event.end time end endTime
      event.severity whole severity
      url.original whole request requestUrl
      http.request.method whole requestMethod
      http.request.referrer whole requestContext
      user_agent.original whole requestClientApplication
      file.name leaf fname fileName
      file.path whole filePath
      file.size number fsize fileSize
      file.inode whole fileId
      file.type whole fileType
      file.hash.md5 md5 fileHash
      file.hash.sha1 sha1 fileHash
      file.hash.sha256 sha256 fileHash
      process.name leaf sproc sourceProcessName dproc destinationProcessName
      process.executable whole sproc sourceProcessName dproc destinationProcessName
      process.pid number spid sourceProcessId dpid destinationProcessId
      host.name whole dvchost deviceHostName dvc deviceAddress
      observer.ip whole dvc deviceAddress
      observer.hostname whole dvchost deviceHostName
      observer.mac whole dvcmac deviceMacAddress
      observer.serial_number whole deviceExternalId
      observer.ingress.interface.name whole deviceInboundInterface
      observer.egress.interface.name whole deviceOutboundInterface
      event.timezone whole dtz deviceTimeZone
      """;

  /** What several vendors mean by the same label. */
  private static final String LABELS =
      """
      rule.name whole Rule Rule_Name RuleName Policy Policy_Name sname Signature
      destination.domain whole cncHost
      destination.port whole cncPort
      observer.vlan.id whole vlan
      event.reference whole link
      process.command_line whole Command_Line CommandLine
      """;

  private static final int[] TIMES = {
    Fields.id(EXTENSIONS + "rt"),
    Fields.id(EXTENSIONS + "deviceReceiptTime"),
    Fields.id(EXTENSIONS + "end"),
    Fields.id(EXTENSIONS + "start")
  };

  private final VendorFields fields = new VendorFields(EXTENSIONS);
  private final EcsCopies copies = new EcsCopies(EXTENSIONS, TABLE);
  private final EcsCopies meanings = new EcsCopies(CefLabels.PREFIX, LABELS);
  private final CefLabels labels = new CefLabels(EXTENSIONS);

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public String starts() {
    return "C";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return begins(draft.bytes(), from, to);
  }

  private static boolean begins(byte[] b, int from, int to) {
    if (!Ascii.startsWith(b, from, to, START)) {
      return false;
    }
    int digits = Ascii.skipSpaces(b, from + START.length, to);
    int end = Ascii.skipDigits(b, digits, to);
    return end > digits && end < to && b[end] == '|';
  }

  /** Index of a CEF text that other text stands before, or -1. */
  static int within(byte[] b, int from, int to) {
    int at = Ascii.find(b, from, Math.min(to, from + 300), START);
    return at > from && b[at - 1] == ' ' && begins(b, at, to) ? at : -1;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (!begins(b, from, to)) {
      return "no CEF: and version at the start";
    }
    int first = draft.into().filled();
    int p = Ascii.skipSpaces(b, from + START.length, to);
    for (int part = 0; part < HEADER.length; part++) {
      int bar = bar(b, p, to);
      if (bar == to && part < HEADER.length - 1) {
        draft.into().undoTo(first);
        return "CEF header with fewer than seven parts";
      }
      fields.value(draft, HEADER[part], p, bar, Escaped.HEADER);
      if (part == CLASS_PART) {
        draft.add(Names.EVENT_CODE, p, bar);
      } else if (part == HEADER.length - 1) {
        draft.gradeWithoutPriority(Levels.ofGrade(b, p, bar));
      }
      p = Math.min(bar + 1, to);
    }
    draft.word(Fields.EVENT_DATASET, DATASET);
    extensions(draft, p, to);
    finish(draft, first);
    return null;
  }

  /** Reads pairs that have lost their header. */
  void pairs(EventDraft draft, int from, int to) {
    int first = draft.into().filled();
    extensions(draft, from, to);
    finish(draft, first);
  }

  private void finish(EventDraft draft, int first) {
    copies.add(draft, first);
    if (labels.add(draft, first)) {
      meanings.add(draft, first);
    }
    for (int i = 0; i < TIMES.length && draft.occurredAt() == Micros.NONE; i++) {
      draft.occurredAt(draft.timeOf(TIMES[i]));
    }
  }

  private void extensions(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int first = skip(b, from, to);
    int p = first;
    while (p < to) {
      int equals = Ascii.find(b, p, to, '=');
      if (equals < 0) {
        return;
      }
      int end = valueEnd(b, equals + 1, to);
      int trimmed = end;
      while (trimmed > equals + 1 && isSpace(b[trimmed - 1])) {
        trimmed--;
      }
      boolean isFirst = p == first;
      int key = isFirst ? Math.max(p, Ascii.findLast(b, p, equals, ' ') + 1) : p;
      fields.add(draft, key, equals, equals + 1, trimmed, Escaped.EXTENSION);
      p = skip(b, end, to);
    }
  }

  /** A value ends before the space before the next key, or with the text. */
  private static int valueEnd(byte[] b, int from, int to) {
    int space = -1;
    boolean dotted = false; // since the space
    for (int i = from; i < to; i++) {
      byte c = b[i];
      dotted |= c == '.';
      if (c == '\\') {
        i++;
        space = -1;
      } else if (isSpace(c)) {
        space = i;
        dotted = false;
      } else if (c == '=' && space >= 0 && i > space + 1) {
        return space;
      } else if (!isKey(c) && !(space >= 0 && c == ',' && dotted)) {
        space = -1;
      }
    }
    return to;
  }

  private static int skip(byte[] b, int from, int to) {
    int p = from;
    while (p < to && isSpace(b[p])) {
      p++;
    }
    return p;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isKey(byte c) {
    return Ascii.isLetter(c)
        || Ascii.isDigit(c)
        || c == '_'
        || c == '.'
        || c == '-'
        || c == '['
        || c == ']';
  }

  /** Index of the next bar that is not escaped, or {@code to}. */
  private static int bar(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != '|') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return Math.min(p, to);
  }
}
