// SPDX-License-Identifier: MIT
// What is asked of an account: other readings, interventions, claims.
#include "account/concept_tables.hpp"

namespace parley::account {

using S = Shape;

std::vector<ConceptSpec> concepts_asked() {
  return {
      {"alternatives",
       "alternative",
       "Another reading: named edits of rows, tried one at a time against the base.",
       "deals",
       "",
       {{"set", S::entries, "row.field -> value.", "{saudi_bar.only_if: statehood at least pathway}", false,
         to_row},
        {"without", S::names, "Rows that it drops.", "[us_missiles]", false, to_row},
        {"reading", S::text, "The reading in words.", "the condition is a pathway, not a state"}}},
      {"interventions",
       "intervention",
       "A change of the world, with its readings.",
       "ask",
       "",
       {{"is", S::text, "In words.", "removing Iran from the equation"},
        {"readings",
         S::entries,
         "Reading -> condition that it forces.",
         "{influence: network is disbanded}",
         false,
         0,
         {},
         S::condition},
        {"feasible", S::estimate, "How likely it is that it can be done at all.", "A9", false,
         to_assumption}}},
      {"claims",
       "claim",
       "A sentence that somebody made, with a test.",
       "ask",
       "quote",
       {{"by", S::name, "Whose.", "author", false, to_speaker},
        {"quote", S::text, "The sentence in short.", "unlikely to bridge the gap"},
        {"entails", S::condition, "It says that this holds.", "deal"},
        {"possible", S::condition, "It says that this may hold.", "spillover"},
        {"likely", S::condition, "It says that this is likely to hold.", "spillover"},
        {"sufficient", S::condition, "It says that this suffices for `for`.", "inspections is full"},
        {"not_sufficient", S::condition, "It says that this does not suffice for `for`.",
         "inspections is full"},
        {"necessary", S::condition, "It says that `for` needs this.", "network is disbanded"},
        {"for", S::condition, "For what.", "deal"},
        {"given", S::condition, "Given what.", "war"},
        {"likelier", S::condition, "It says that this is likelier ...", "spillover"},
        {"asks_more", S::name, "It says that this package asks more of `of` ...", "us_demands", false,
         to_package},
        {"than", S::condition, "... than this.", "normalisation"},
        {"takes", S::name, "It says that this package takes `share` of all its stakes from `of`.",
         "us_demands", false, to_package},
        {"of", S::name, "From whom.", "iran", false, to_actor | to_group},
        {"share", S::estimate, "How much of them.", "A10", false, to_assumption},
        {"more", S::name, "It says that this is more than `less`.", "israel_airpower", false, to_variable},
        {"less", S::name, "See `more`.", "iran_airpower", false, to_variable},
        {"seen_by", S::name, "Of `more`: as whom it says that it is seen by; unstated = as things are.",
         "arab_states", false, to_actor | to_group},
        {"matters", S::names, "It says that these rows decide `for`.", "[statehood]", false, to_row},
        {"lasts", S::estimate, "For how long it says that it holds.", "A24", false, to_assumption},
        {"not_testable", S::text, "Why it cannot be tested here.", "the account has no survey"},
        {"not_tested", S::text, "What of the sentence the test leaves out.", "how much more"},
        {"rests_on", S::names, "Claims that it rests on.", "[CL-18]", false, to_claim}}},
      {"tensions",
       "tension",
       "Rows that pull against each other, in the words of whoever noticed it. `check` prints them, beside "
       "those "
       "that it finds itself.",
       "check",
       "",
       {{"between", S::names, "The rows.", "[iran_weak, iran_reach]", true, to_row},
        {"is", S::text, "Why they pull against each other.", "weak, and yet able to do damage", true}}},
  };
}

}  // namespace parley::account
