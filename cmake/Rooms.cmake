# SPDX-License-Identifier: MIT
# A room is a folder of src/: every .cpp in it makes one static library, parley_<room>.
# NEEDS names the rooms below it and the outside libraries; a cycle is an error at configure time.
function(parley_room name)
  cmake_parse_arguments(ROOM "" "" "NEEDS" ${ARGN})
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
  target_link_libraries(test_${room} PRIVATE ${room_library} ${TEST_NEEDS} GTest::gmock_main rapidcheck)
  target_compile_definitions(test_${room} PRIVATE
    PARLEY_SOURCE_DIR="${PROJECT_SOURCE_DIR}" PARLEY_BINARY="$<TARGET_FILE:parley>")
  add_dependencies(test_${room} parley)
  gtest_discover_tests(test_${room} TEST_PREFIX ${room}. DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} DISCOVERY_TIMEOUT 60)
endfunction()
