# SPDX-License-Identifier: MIT
# Compiler settings and the libraries that the rooms may name; every one is a Debian 12 package.
find_program(CCACHE ccache)
if(CCACHE)
  # Paths relative to the source tree, so that another copy of the tree finds what this one has compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=true
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)  # what ccache asks for with precompiled headers
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(PARLEY_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)  # every source is included by another there
endif()
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict)  # false alarms on std::string with optimisation (GCC bug 105651)
endif()
if(PARLEY_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(PARLEY_SANITIZE)
  add_compile_options(-fsanitize=${PARLEY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # These four double the time to compile, and the address sanitizer finds what they would.
  add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
  add_link_options(-fsanitize=${PARLEY_SANITIZE})
endif()

find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(EXPAT REQUIRED)
find_package(Threads REQUIRED)
find_library(GMPXX gmpxx REQUIRED)
find_library(GMP gmp REQUIRED)
find_library(CADICAL cadical REQUIRED)
