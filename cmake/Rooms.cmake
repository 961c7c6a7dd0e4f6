# SPDX-License-Identifier: MIT
# A room is a folder of src/: every .cpp in it makes one static library, parley_<room>.
# NEEDS names rooms that are already there and outside libraries; so a cycle is an error at configure time.
function(parley_room name)
  cmake_parse_arguments(ROOM "" "" "NEEDS" ${ARGN})
  foreach(need IN LISTS ROOM_NEEDS)
    if(need MATCHES "^parley_" AND NOT TARGET ${need})
      message(FATAL_ERROR "The room ${name} needs ${need}, which is not above it in src/CMakeLists.txt")
    endif()
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(sources)
    add_library(parley_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(parley_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(parley_${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(parley_${name} ${scope} ${ROOM_NEEDS})
endfunction()

# tests/<room>/*.cpp make one test binary, test_<room>.
function(parley_tests room)
  cmake_parse_arguments(TEST "" "" "NEEDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${room} ${sources})
  target_include_directories(test_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  set(room_library "")
  if(TARGET parley_${room})
    set(room_library parley_${room})
  endif()
  target_link_libraries(test_${room} PRIVATE ${room_library} ${TEST_NEEDS} test_places GTest::gmock_main rapidcheck)
  # Two tests of a room may call their own things by one name: no unity build; one precompiled header for all.
  set_target_properties(test_${room} PROPERTIES UNITY_BUILD OFF)
  if(TARGET test_expression AND NOT room STREQUAL "expression")
    target_precompile_headers(test_${room} REUSE_FROM test_expression)
  else()
    target_precompile_headers(test_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests/places.hpp <gmock/gmock.h>
      <gtest/gtest.h> <rapidcheck.h> <rapidcheck/gtest.h> <fmt/format.h> <algorithm> <array> <cmath> <filesystem>
      <fstream> <functional> <map> <numeric> <optional> <random> <set> <sstream> <string> <vector>)
  endif()
  add_dependencies(test_${room} parley)
  gtest_discover_tests(test_${room} TEST_PREFIX ${room}. DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} DISCOVERY_TIMEOUT 60
    PROPERTIES ENVIRONMENT "PARLEY_CONTRADICTIONS=fail")
endfunction()
