package dev.punctual.taskservice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CursorTest {

  @Test
  void a_cursor_comes_back_as_it_was_whatever_its_value() {
    var cursor = new Cursor("-title", "two\nlines, \"ünd\" more\n", "id");

    assertThat(Cursor.parse(cursor.toString(), "-title")).isEqualTo(cursor);
  }

  @Test
  void a_cursor_of_another_order_is_refused() {
    var cursor = new Cursor("-title", "a", "id").toString();

    assertThatThrownBy(() -> Cursor.parse(cursor, "title")).isInstanceOf(FieldReader.Refused.class);
  }
}
