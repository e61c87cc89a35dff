package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;
import static mo.farol.parse.Ascii.startsWith;

import mo.farol.event.Fields;

/** The shadow tools: users, groups and passwords made, changed and removed. */
final class Accounts implements Refiner {
  private static final Kind CREATED = Kind.of("iam", "iam", "user-created").succeeded();
  private static final Kind GROUP_CREATED = Kind.of("iam", "iam", "group-created").succeeded();
  private static final Kind ADDED = Kind.of("iam", "iam", "user-added-to-group").succeeded();
  private static final Kind CHANGED = Kind.of("iam", "iam", "user-changed").succeeded();
  private static final Kind DELETED = Kind.of("iam", "iam", "user-deleted").succeeded();
  private static final Kind PASSWORD = Kind.of("iam", "iam", "password-changed").succeeded();
  private static final Kind OTHER = Kind.of("iam", "iam", "");

  private static final byte[] NEW_USER = bytes("new user: ");
  private static final byte[] NEW_GROUP = bytes("new group: ");
  private static final byte[] NAME = bytes("name=");
  private static final byte[] UID = bytes("UID=");
  private static final byte[] GID = bytes("GID=");
  private static final byte[] HOME = bytes("home=");
  private static final byte[] SHELL = bytes("shell=");
  private static final byte[] ADD = bytes("add '");
  private static final byte[] TO_GROUP = bytes("group '");
  private static final byte[] CHANGE = bytes("change user '");
  private static final byte[] LOCK = bytes("lock user '");
  private static final byte[] UNLOCK = bytes("unlock user '");
  private static final byte[] DELETE = bytes("delete user '");
  private static final byte[] PASSWORD_FOR = bytes("password for '");
  private static final byte[] BY = bytes(" by '");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (startsWith(b, from, to, NEW_USER)) {
      CREATED.addTo(draft);
      account(draft, from + NEW_USER.length, to);
      return;
    }
    if (startsWith(b, from, to, NEW_GROUP)) {
      GROUP_CREATED.addTo(draft);
      int end = Text.value(draft, Names.GROUP_NAME, NAME, ',', from, to);
      Text.value(draft, Names.GROUP_ID, GID, ',', end, to);
      return;
    }
    if (startsWith(b, from, to, ADD)) {
      ADDED.addTo(draft);
      quoted(draft, Names.USER_TARGET, ADD, from, to);
      quoted(draft, Names.GROUP_NAME, TO_GROUP, from, to);
      return;
    }
    changed(draft, from, to);
  }

  private static void changed(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (startsWith(b, from, to, DELETE)) {
      DELETED.addTo(draft);
      quoted(draft, Names.USER_TARGET, DELETE, from, to);
    } else if (startsWith(b, from, to, CHANGE)) {
      CHANGED.addTo(draft);
      quoted(draft, Names.USER_TARGET, CHANGE, from, to);
    } else if (startsWith(b, from, to, LOCK) || startsWith(b, from, to, UNLOCK)) {
      CHANGED.addTo(draft);
      quoted(draft, Names.USER_TARGET, LOCK, from, to);
    } else if (find(b, from, to, PASSWORD_FOR) >= 0) {
      PASSWORD.addTo(draft);
      quoted(draft, Names.USER_TARGET, PASSWORD_FOR, from, to);
      quoted(draft, Fields.USER_NAME, BY, from, to);
    } else {
      OTHER.addTo(draft);
    }
  }

  /** {@code name=sysupd, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/2}. */
  private static void account(EventDraft draft, int from, int to) {
    int p = Text.value(draft, Names.USER_TARGET, NAME, ',', from, to);
    p = Text.value(draft, Names.USER_TARGET_ID, UID, ',', p, to);
    p = Text.value(draft, Names.USER_TARGET_GROUP, GID, ',', p, to);
    p = Text.value(draft, Names.USER_HOME, HOME, ',', p, to);
    Text.value(draft, Names.USER_SHELL, SHELL, ',', p, to);
  }

  private static void quoted(EventDraft draft, int field, byte[] before, int from, int to) {
    Text.value(draft, field, before, '\'', from, to);
  }
}
