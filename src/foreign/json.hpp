// SPDX-License-Identifier: MIT
// JSON (RFC 8259), strictly, with the place of every value. Keys of an object are distinct, numbers stay as
// they are written (so that they can be read exactly), and NaN or infinities do not exist. Limits:
// limits.hpp.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/messages.hpp"

namespace parley::foreign {

struct Json {
  enum class Kind { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool truth = false;
  std::string text;         ///< of a string: its characters, as UTF-8; of a number: as written
  std::vector<Json> items;  ///< of an array or object, in the order of the file
  std::string key;          ///< of a member of an object
  std::size_t key_at = 0;   ///< offset of its key
  std::size_t at = 0;       ///< offset of its first byte
  bool packed = false;      ///< a list that was checked but not kept: read it with `each_item`

  [[nodiscard]] bool is(Kind k) const { return kind == k; }
  /// The member with this key, or nullptr.
  [[nodiscard]] const Json* member(std::string_view name) const;
};

/// "object", "list", "string", ...
[[nodiscard]] const char* kind_name(Json::Kind kind);

/// The value of a whole text; nothing, and one error with its place, where it is no JSON or passes a limit.
/// Offsets count in `text` without its byte order mark.
[[nodiscard]] std::optional<Json> read_json(const std::string& path, std::string_view text,
                                            Messages& messages);

/// The same for formats with long lists: a list that is the value of one of the keys `packed` takes no memory
/// and does not count against kJsonValues. `most_bytes` replaces kFileBytes.
[[nodiscard]] std::optional<Json> read_json(const std::string& path, std::string_view text,
                                            Messages& messages, std::span<const std::string_view> packed,
                                            std::size_t most_bytes);

/// `parley.run/1` where the beginning of a text is an answer of Parley itself, which says so in the member
/// `schema` at its top; empty of anything else.
[[nodiscard]] std::string own_schema(std::string_view start);

/// The items of a list, packed or not, until `visit` returns false. `text` is what read_json was given.
void each_item(std::string_view text, const Json& list, const std::function<bool(const Json&)>& visit);

}  // namespace parley::foreign
