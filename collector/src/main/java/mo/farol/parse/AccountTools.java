package mo.farol.parse;

import mo.farol.event.Fields;

/** useradd, usermod, userdel, groupadd, gpasswd, passwd and chpasswd of shadow-utils. */
final class AccountTools implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("useradd");
  private static final byte[] NEW_USER = Cursor.ascii("new user: ");
  private static final byte[] NEW_GROUP = Cursor.ascii("new group: ");
  private static final byte[] DELETE = Cursor.ascii("delete user '");
  private static final byte[] ADD = Cursor.ascii("add '");
  private static final byte[] TO_GROUP = Cursor.ascii("' to group '");
  private static final byte[] PASSWORD = Cursor.ascii("password changed for ");
  private static final byte[] USER_CREATED = Cursor.ascii("user-created");
  private static final byte[] GROUP_CREATED = Cursor.ascii("group-created");
  private static final byte[] USER_DELETED = Cursor.ascii("user-deleted");
  private static final byte[] GROUP_JOINED = Cursor.ascii("user-added-to-group");
  private static final byte[] PASSWORD_CHANGED = Cursor.ascii("password-changed");
  private static final Words<Integer> PARTS =
      Words.of(
          java.util.Map.of(
              "name", Name.TARGET_USER,
              "UID", Name.TARGET_ID,
              "GID", Name.TARGET_GROUP,
              "home", Fields.id("user.target.home"),
              "shell", Fields.id("user.target.shell"),
              "from", Name.TTY));

  private final Dialect pam = new Pam();

  @Override
  public void read(Line line) {
    line.put(Fields.EVENT_DATASET, DATASET);
    var c = line.cursor;
    if (c.eat(NEW_USER)) {
      action(line, USER_CREATED);
      parts(line);
    } else if (c.eat(NEW_GROUP)) {
      action(line, GROUP_CREATED);
      parts(line);
    } else if (c.eat(DELETE)) {
      action(line, USER_DELETED);
      line.put(Name.TARGET_USER, c.at, c.find('\''));
    } else if (c.eat(ADD)) {
      joined(line);
    } else {
      password(line);
    }
  }

  private static void action(Line line, byte[] action) {
    line.put(Fields.EVENT_CATEGORY, Name.IAM);
    line.put(Fields.EVENT_ACTION, action);
  }

  // add 'NAME' to group 'GROUP'
  private static void joined(Line line) {
    var c = line.cursor;
    int split = c.find(TO_GROUP);
    if (split >= 0) {
      action(line, GROUP_JOINED);
      line.put(Name.TARGET_USER, c.at, split);
      c.at = split + TO_GROUP.length;
      line.put(Name.GROUP_NAME, c.at, c.find('\''));
    }
  }

  private void password(Line line) {
    var c = line.cursor;
    int found = c.find(PASSWORD);
    if (found >= 0) {
      action(line, PASSWORD_CHANGED);
      c.at = found + PASSWORD.length;
      line.put(Name.TARGET_USER, c.at, c.find(' '));
    } else {
      pam.read(line);
    }
  }

  // name=sysupd, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/3
  private static void parts(Line line) {
    var c = line.cursor;
    while (!c.isAtEnd()) {
      int to = c.find(',');
      int equals = c.find('=');
      if (equals < to) {
        var field = PARTS.find(c.bytes, c.at, equals);
        if (field != null) {
          line.put(field, equals + 1, to);
        }
      }
      c.at = Math.min(to + 1, c.end);
      c.skipSpaces();
    }
  }
}
