// SPDX-License-Identifier: MIT
// Which files Parley wrote itself, told by their content alone: those it may replace, and no others.
//
// A JSON object says it with its schema. Other files end in a line, a comment in Markdown and HTML, that
// holds the hash of everything above it: whoever changes such a file makes it his own.
#pragma once
#include <filesystem>
#include <string>

namespace parley::report {

/// The XXH3 hash of 128 bits as 32 hexadecimal digits, as `xxh128sum` prints it.
[[nodiscard]] std::string content_hash(const std::string& bytes);

/// `text` and the line that says that Parley wrote it.
[[nodiscard]] std::string sealed(const std::string& text);

/// Is it a regular file (no link) that is sealed, and unchanged since?
[[nodiscard]] bool is_sealed_file(const std::filesystem::path& file);

/// Is it a regular file with a JSON object whose member "schema" starts with "parley."? The first 64 KiB are
/// looked at.
[[nodiscard]] bool is_parley_result(const std::filesystem::path& file);

/// What is to stand at a place: an answer (a JSON object with a schema), or a text that is sealed.
enum class Own { answer, sealed };

/// May the file be replaced by one of this kind: is it missing, an empty regular file, or one of Parley's of
/// the same kind? An answer never takes the place of a report, and a report none of an answer.
[[nodiscard]] bool is_replaceable(const std::filesystem::path& file, Own kind);

}  // namespace parley::report
