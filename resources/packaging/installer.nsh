; What electron-builder's installer for Windows asks of us.

; Windows knows only the last part of a file's ending, so `.fabula.json` cannot be Fabula's alone without taking every
; `.json` from the program that the user has for them. Fabula stands in their "Open with" instead.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Fabula.Story" "" "Fabula"
  WriteRegStr SHCTX "Software\Classes\Fabula.Story\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Fabula.Story\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHCTX "Software\Classes\.json\OpenWithProgids" "Fabula.Story" ""
!macroend

; Stories stay unless the user says otherwise. An update runs the uninstaller too, and asks nothing. By now electron-builder's
; uninstaller has made itself silent, so what it was started with tells whether somebody is there to be asked.
!macro customUnInstall
  DeleteRegValue SHCTX "Software\Classes\.json\OpenWithProgids" "Fabula.Story"
  DeleteRegKey SHCTX "Software\Classes\Fabula.Story"
  ${ifNot} ${isUpdated}
    ClearErrors
    ${GetParameters} $R0
    ${GetOptions} $R0 "/S" $R1
    ${if} ${Errors}
      ${if} $LANGUAGE == 1049
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Ваши истории и настройки остаются в папке$\r$\n$APPDATA\Fabula$\r$\n$\r$\nУдалить и их? Вернуть их будет нельзя." IDNO keepStories
      ${else}
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Your stories and settings stay in$\r$\n$APPDATA\Fabula$\r$\n$\r$\nDelete them too? They cannot be brought back." IDNO keepStories
      ${endIf}
      RMDir /r "$APPDATA\Fabula"
      keepStories:
    ${endIf}
    ClearErrors
  ${endIf}
!macroend
