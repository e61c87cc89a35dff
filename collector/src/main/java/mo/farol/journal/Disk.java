package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The few things the journal asks of a disk, so that a test can be the disk and lose its power. */
interface Disk extends AutoCloseable {
  /** A file being written. Belongs to the writer. */
  interface Output extends AutoCloseable {
    /** Appends all remaining bytes. */
    void append(ByteBuffer bytes) throws IOException;

    /** Returns once every byte appended is on the disk: {@code fdatasync}. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A file being read. Belongs to one thread, which may be interrupted without harm to others. */
  interface Input extends AutoCloseable {
    /** Reads up to {@code length} bytes at a position; returns how many there were. */
    int read(byte[] into, int from, int length, long position) throws IOException;

    /** Bytes of the file that was opened, whatever has its name now. */
    long length() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Bytes that may still be written. */
  long usableBytes() throws IOException;

  /** Names and lengths of all files, in order of name. */
  Map<String, Long> files() throws IOException;

  /** Makes an empty file; its name survives a power cut once {@link #forceNames} returned. */
  Output create(String name) throws IOException;

  /** Opens a file to read. */
  Input open(String name) throws IOException;

  /** Returns once what a process before this one wrote to a file is on the disk. */
  void force(String name) throws IOException;

  /** Cuts a file and returns once that is on the disk. */
  void truncate(String name, long length) throws IOException;

  /** Removes a file. */
  void delete(String name) throws IOException;

  /** Gives a file another's name, in the place of what had it, in one step. */
  void rename(String from, String to) throws IOException;

  /** Returns once every name is on the disk. */
  void forceNames() throws IOException;

  /** Keeps bytes that can't be trusted apart, under a name of their own. */
  void quarantine(String name, byte[] bytes) throws IOException;

  /** Moves a whole file that can't be trusted apart. */
  void quarantine(String name) throws IOException;

  /** What was set aside so far and still lies there. */
  List<Quarantined> quarantined() throws IOException;

  @Override
  void close() throws IOException;
}
