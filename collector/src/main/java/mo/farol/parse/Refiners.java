package mo.farol.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the refiner for a program's name, without making text of it. */
final class Refiners {
  private static final byte[] PAM = Ascii.bytes("pam_");
  private static final int SLOTS = 256;
  private static final int LONGEST = 32;

  private final byte[] @Nullable [] names = new byte[SLOTS] @Nullable [];
  private final @Nullable Refiner[] refiners = new @Nullable Refiner[SLOTS];
  private final byte[] lower = new byte[LONGEST];
  private final Refiner pam = new Pam();
  private final Refiner nameless = new Nameless();
  private final Refiner fireEye;

  private Refiners(Cef cef) {
    fireEye = new FireEye(cef);
  }

  /** All programs we know. */
  static Refiners standard(Cef cef) {
    var known = new Refiners(cef);
    known.put(new Sshd(), "sshd", "sshd-session", "sshd-auth", "dropbear");
    known.put(new Sudo(), "sudo");
    known.put(new Su(), "su");
    known.put(
        new Accounts(),
        "useradd",
        "usermod",
        "userdel",
        "groupadd",
        "groupdel",
        "groupmod",
        "passwd",
        "chpasswd",
        "adduser",
        "gpasswd",
        "newusers",
        "shadow");
    known.put(new Cron(), "cron", "crond", "anacron", "atd");
    known.put(new Systemd(), "systemd", "systemd-logind");
    known.put(new Netfilter(), "kernel", "ulogd", "iptables");
    known.put(
        new AccessLog(),
        "apache2",
        "apache",
        "httpd",
        "nginx",
        "apache_access",
        "nginx_access",
        "apache_error",
        "nginx_error");
    known.put(new Postfix(), "postfix");
    known.put(new Named(), "named", "bind9", "bind");
    known.put(new Dnsmasq(), "dnsmasq");
    known.put(new SnortAlert(), "snort", "suricata");
    known.put(new Sourcefire(), "sfims");
    known.put(new Dhcp(), "dhcpd", "dnsmasq-dhcp", "dhcrelay");
    return known;
  }

  /** Refines a message; false where nobody here knows its program or its look. */
  boolean refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (Ascii.startsWith(b, from, to, PAM)) {
      pam.refine(draft, from, to);
      return true;
    }
    var known = draft.hasApp() ? find(b, draft.appFrom(), draft.appTo()) : nameless;
    boolean tells = known == null && (b[from] == '%' || Ascii.isDigit(b[from]));
    var refiner = tells ? nameless : known;
    int before = draft.into().filled();
    if (refiner != null) {
      refiner.refine(draft, from, to);
    }
    return draft.into().filled() > before;
  }

  private void put(Refiner refiner, String... programs) {
    for (String program : programs) {
      byte[] name = Ascii.bytes(program);
      int slot = hash(name, name.length);
      while (names[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      names[slot] = name;
      refiners[slot] = refiner;
    }
  }

  /**
   * {@code /usr/sbin/CRON}, {@code postfix/smtpd} and {@code postfix(x)} count as {@code cron} and
   * {@code postfix}; {@code sshd(pam_unix)} is PAM.
   */
  private @Nullable Refiner find(byte[] b, int from, int to) {
    int start = b[from] == '/' ? Ascii.findLast(b, from, to, '/') + 1 : from;
    int end = start;
    while (end < to && b[end] != '/' && b[end] != '(') {
      end++;
    }
    if (Ascii.startsWith(b, Math.min(end + 1, to), to, PAM)) {
      return pam;
    }
    if (Ascii.startsWith(b, start, end, FireEye.TAG)) {
      return fireEye;
    }
    int length = end - start;
    if (length == 0 || length > LONGEST) {
      return null;
    }
    for (int i = 0; i < length; i++) {
      byte c = b[start + i];
      lower[i] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
    for (int slot = hash(lower, length); ; slot = (slot + 1) % SLOTS) {
      byte[] name = names[slot];
      if (name == null) {
        return null;
      }
      if (Arrays.equals(name, 0, name.length, lower, 0, length)) {
        return refiners[slot];
      }
    }
  }

  private static int hash(byte[] b, int length) {
    int h = length;
    for (int i = 0; i < length; i++) {
      h = h * 31 + b[i];
    }
    return (h ^ (h >>> 8)) & (SLOTS - 1);
  }
}
