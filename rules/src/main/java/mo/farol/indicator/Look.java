package mo.farol.indicator;

import mo.farol.event.EventBatch;

/** Reads one value as its field asks, and finds what of it a set holds. Scratch; one thread. */
final class Look {
  private static final int LONGEST = 64 * 1024;

  private final byte[] address = new byte[AddressText.BYTES];
  private final byte[] digest = new byte[64];
  private final byte[] host = new byte[HostText.LONGEST];
  private byte[] text = new byte[1024];
  private final UrlText url = new UrlText();
  private IndicatorSet set = IndicatorSet.empty();
  private Found out = (_, _) -> {};

  /** Told of each value found, of its kind and by its number on its shelf. */
  interface Found {
    void found(Kind kind, int entry);
  }

  void at(
      FieldReadings.Reading reading,
      byte[] b,
      int from,
      int end,
      IndicatorSet indicators,
      Found found) {
    set = indicators;
    out = found;
    int to = Math.min(end, from + LONGEST);
    switch (reading) {
      case NONE, PATH -> {}
      case ADDRESS, HOST -> host(b, from, to);
      case HOSTS -> hosts(b, from, to);
      case URL -> url(b, from, to);
      case MAIL -> mail(b, from, to);
      case DIGEST -> digest(b, from, to);
      case DIGESTS -> digests(b, from, to);
      case FILE -> file(b, from, to);
      case CVES -> cves(b, from, to);
    }
  }

  private void host(byte[] b, int from, int to) {
    int end = UrlText.portColon(b, from, to);
    if (AddressText.read(b, from, end, address)) {
      address();
      return;
    }
    int size = HostText.write(b, from, end, host, 0);
    if (size > 0) {
      domain(host, 0, size);
    }
  }

  private void address() {
    probe(Kind.ADDRESS, address, 0, AddressText.BYTES);
    var tree = set.shelf(Kind.NETWORK).tree;
    int widest = AddressText.isV4(address) ? Key.MAPPED : 0; // ::/0 is not about IPv4
    for (int place = tree.find(address);
        place >= 0 && tree.bits(place) >= widest;
        place = tree.up(place)) {
      out.found(Kind.NETWORK, tree.entry(place));
    }
  }

  // From the end: the hash of a name passes through those of its parents.
  private void domain(byte[] b, int from, int to) {
    var table = set.shelf(Kind.DOMAIN).table;
    if (table.size() == 0) {
      return;
    }
    var hash = table.hash();
    long state = hash.start();
    for (int i = to - 1; i >= from; i--) {
      state = hash.step(state, b[i]);
      if (i == from || b[i - 1] == '.') {
        int entry = table.find(hash.end(state), b, i, to);
        if (entry >= 0) {
          out.found(Kind.DOMAIN, entry);
        }
      }
    }
  }

  private void hosts(byte[] b, int start, int to) {
    int from = start;
    for (int i = start; i <= to; i++) {
      if (i == to || parts(b[i])) {
        if (i > from) {
          host(b, from, i);
        }
        from = i + 1;
      }
    }
  }

  private static boolean parts(byte c) {
    return c >= 0
        && !Character.isLetterOrDigit(c)
        && c != '.'
        && c != ':'
        && c != '-'
        && c != '_'
        && c != '%';
  }

  private void url(byte[] b, int from, int to) {
    if (!url.read(b, from, to)) {
      return;
    }
    probe(Kind.URL, url.bytes(), 0, url.length());
    byte[] read = url.bytes();
    if (AddressText.read(read, url.hostFrom(), url.hostTo(), address)) {
      address();
    } else {
      domain(read, url.hostFrom(), url.hostTo());
    }
  }

  /** A URL whose parts stand in several fields of an event, its path or target in one of them. */
  void joined(EventBatch events, int i, int path, IndicatorSet indicators, Found found) {
    set = indicators;
    out = found;
    int host = UrlParts.host(events, i);
    if (host < 0) {
      return;
    }
    room(UrlParts.room(events, i, host, path));
    probeUrl(UrlParts.write(events, i, host, path, UrlParts.port(events, i), text));
    int other = UrlParts.otherPort(events, i);
    if (other >= 0) {
      probeUrl(UrlParts.write(events, i, host, path, other, text));
    }
  }

  private void probeUrl(int length) {
    if (url.read(text, 0, length)) {
      probe(Kind.URL, url.bytes(), 0, url.length());
    }
  }

  private void mail(byte[] b, int start, int end) {
    int from = start;
    int to = end;
    int at = -1;
    for (int i = start; i < to; i++) {
      if (b[i] == '<') {
        from = i + 1;
      } else if (b[i] == '>' && i > from) {
        to = i;
      } else if (b[i] == '@') {
        at = i;
      }
    }
    if (at <= from) {
      return;
    }
    int local = at + 1 - from;
    room(local + HostText.LONGEST);
    KeyBytes.lower(b, from, at + 1, text, 0);
    int size = HostText.write(b, at + 1, to, text, local);
    if (size > 0) {
      probe(Kind.MAIL, text, 0, size);
      domain(text, local, size);
    }
  }

  private void digests(byte[] b, int start, int to) {
    int from = start;
    for (int i = start; i <= to; i++) {
      if (i == to || b[i] == ',' || b[i] == ' ' || b[i] == ';') {
        digest(b, from, i);
        from = i + 1;
      } else if (b[i] == '=') {
        from = i + 1;
      }
    }
  }

  private void digest(byte[] b, int from, int to) {
    int size = to - from > 128 ? -1 : KeyBytes.hex(b, from, to, digest);
    switch (size) {
      case 16 -> probe(Kind.MD5, digest, 0, size);
      case 20 -> probe(Kind.SHA1, digest, 0, size);
      case 32 -> probe(Kind.SHA256, digest, 0, size);
      case 64 -> probe(Kind.SHA512, digest, 0, size);
      default -> {}
    }
  }

  private void file(byte[] b, int from, int to) {
    if (set.shelf(Kind.FILE).table.size() == 0) {
      return;
    }
    room(to - from);
    KeyBytes.lower(b, from, to, text, 0);
    int size = to - from;
    int name = size;
    while (name > 0 && text[name - 1] != '/' && text[name - 1] != '\\') {
      name--;
    }
    probe(Kind.FILE, text, 0, size);
    if (name > 0 && name < size) {
      probe(Kind.FILE, text, name, size);
    }
  }

  private void cves(byte[] b, int start, int to) {
    int from = start;
    for (int i = start; i <= to; i++) {
      if (i == to || b[i] == ',' || b[i] == ' ' || b[i] == ';') {
        cve(b, from, i);
        from = i + 1;
      }
    }
  }

  private void cve(byte[] b, int from, int to) {
    if (KeyBytes.isCve(b, from, to)) {
      room(to - from);
      for (int i = from; i < to; i++) {
        text[i - from] = b[i] >= 'a' ? (byte) (b[i] - 32) : b[i];
      }
      probe(Kind.VULNERABILITY, text, 0, to - from);
    }
  }

  private void room(int bytes) {
    if (text.length < bytes) {
      text = new byte[bytes * 2];
    }
  }

  private void probe(Kind kind, byte[] b, int from, int to) {
    int entry = set.shelf(kind).table.find(b, from, to);
    if (entry >= 0) {
      out.found(kind, entry);
    }
  }
}
