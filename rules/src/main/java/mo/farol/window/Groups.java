package mo.farol.window;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one table by the hash of their key, and in the order in which they were touched. A
 * group is its own link in both.
 */
final class Groups {
  private @Nullable Group[] slots = new @Nullable Group[8];
  private int size;
  private @Nullable Group eldest;
  private @Nullable Group youngest;

  int size() {
    return size;
  }

  @Nullable Group get(long hash, long hash2) {
    for (int k = home(hash); ; k = k + 1 & slots.length - 1) {
      var group = slots[k];
      if (group == null || (group.hash == hash && group.hash2 == hash2)) {
        return group;
      }
    }
  }

  void add(Group group) {
    if (4 * (size + 1) > 3 * slots.length) {
      var old = slots;
      slots = new @Nullable Group[old.length * 2];
      for (Group each : old) {
        if (each != null) {
          place(each);
        }
      }
    }
    place(group);
    size++;
    append(group);
  }

  /** Makes a group the one touched last. */
  void touch(Group group) {
    if (group.newer != null) {
      unlink(group);
      append(group);
    }
  }

  void remove(Group group) {
    unlink(group);
    size--;
    int mask = slots.length - 1;
    int free = home(group.hash);
    while (!group.equals(slots[free])) {
      free = free + 1 & mask;
    }
    slots[free] = null;
    for (int k = free + 1 & mask; ; k = k + 1 & mask) {
      var each = slots[k];
      if (each == null) {
        return;
      }
      if ((k - home(each.hash) & mask) >= (k - free & mask)) {
        slots[free] = each; // it moves up, so that it is found
        slots[k] = null;
        free = k;
      }
    }
  }

  /** The one that was touched longest ago. */
  @Nullable Group eldest() {
    return eldest;
  }

  private int home(long hash) {
    return (int) (hash >>> 32) & slots.length - 1;
  }

  private void place(Group group) {
    int k = home(group.hash);
    while (slots[k] != null) {
      k = k + 1 & slots.length - 1;
    }
    slots[k] = group;
  }

  private void append(Group group) {
    group.older = youngest;
    group.newer = null;
    if (youngest == null) {
      eldest = group;
    } else {
      youngest.newer = group;
    }
    youngest = group;
  }

  private void unlink(Group group) {
    if (group.older == null) {
      eldest = group.newer;
    } else {
      group.older.newer = group.newer;
    }
    if (group.newer == null) {
      youngest = group.older;
    } else {
      group.newer.older = group.older;
    }
  }

  /** Writes them from the eldest on, each with its length, so that it can be passed over. */
  void write(DataOutput out) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var body = new DataOutputStream(bytes);
    out.writeInt(size);
    for (var group = eldest; group != null; group = group.newer) {
      bytes.reset();
      group.writeWhole(body);
      body.flush();
      Texts.write(bytes.toByteArray(), out);
    }
  }

  /** Reads those of a table, and hands out each once it is among them. */
  void read(DataInput in, Table table, Consumer<Group> each) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      in.readInt();
      var group = Group.readWhole(in, table);
      add(group);
      each.accept(group);
    }
  }

  /** Passes over the groups of a table in a file. */
  static void skip(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      in.skipNBytes(in.readInt());
    }
  }
}
