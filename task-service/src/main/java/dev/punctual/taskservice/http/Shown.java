package dev.punctual.taskservice.http;

/** What a client wrote, cut and cleaned so that it can be shown back in a message. */
final class Shown {

  private static final int LENGTH = 60;

  private Shown() {}

  static String of(String text) {
    var cut =
        text.length() <= LENGTH
            ? text
            : text.substring(
                    0, Character.isHighSurrogate(text.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH)
                + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
