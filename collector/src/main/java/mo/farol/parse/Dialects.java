package mo.farol.parse;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Which dialect reads a message: by the application's name first, else by how the text begins. */
final class Dialects {
  private final Words<Dialect> byApp;
  private final Json json;
  private final Cef cef = new Cef();
  private final AccessLog access;
  private final Firewall firewall = new Firewall();

  Dialects(ParseConfig config, Times times) {
    json = new Json(config, times);
    access = new AccessLog(times);
    var apps = new HashMap<String, Dialect>();
    apps.put("sshd", new Sshd());
    apps.put("sshd-session", new Sshd());
    apps.put("sudo", new Sudo());
    apps.put("su", new Su());
    var accounts = new AccountTools();
    for (String tool :
        new String[] {
          "useradd", "usermod", "userdel", "groupadd", "gpasswd", "passwd", "chpasswd"
        }) {
      apps.put(tool, accounts);
    }
    apps.put("CRON", Plain.of("cron"));
    apps.put("cron", Plain.of("cron"));
    apps.put("crond", Plain.of("cron"));
    apps.put("systemd", Plain.of("systemd"));
    apps.put("systemd-logind", Plain.of("systemd"));
    apps.put("named", Plain.of("named"));
    apps.put("postfix", new Postfix());
    apps.put("kernel", firewall);
    apps.put("ufw", firewall);
    for (String server : new String[] {"apache2", "httpd", "nginx"}) {
      apps.put(server, access);
    }
    byApp = Words.of(apps);
  }

  /** Reads the message under the line's cursor. */
  void read(Line line) {
    var c = line.cursor;
    if (c.peek() == '{') {
      embedded(line);
      return;
    }
    if (Cef.isOne(c)) {
      cef.read(line);
      return;
    }
    var dialect = ofApp(line);
    if (dialect != null) {
      dialect.read(line);
    }
  }

  /** A whole frame of JSON. */
  void json(Line line) {
    json.read(line);
  }

  /**
   * A frame that is CEF or a web server's line without a syslog header; false where it is neither.
   */
  boolean bare(Line line) {
    var c = line.cursor;
    if (Cef.isOne(c)) {
      line.message(c.at, c.end);
      cef.read(line);
      return true;
    }
    if (access.isOne(c)) {
      line.message(c.at, c.end);
      access.read(line);
      return true;
    }
    return false;
  }

  // JSON inside a syslog message: a broken one is still a good syslog event.
  private void embedded(Line line) {
    long sent = line.occurredAt;
    json.read(line);
    if (line.rejection != null) {
      line.into.addText(Name.NOTE, line.rejection);
      line.rejection = null;
    }
    if (sent != mo.farol.event.Micros.NONE) {
      line.occurredAt = sent;
    }
  }

  private @Nullable Dialect ofApp(Line line) {
    byte[] bytes = line.cursor.bytes;
    int from = line.appFrom;
    int to = from;
    while (to < line.appTo && bytes[to] != '/') {
      to++;
    }
    return to == from ? null : byApp.find(bytes, from, to);
  }
}
