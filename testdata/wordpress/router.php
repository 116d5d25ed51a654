<?php
// Answers for php -S as a server with rewriting does.
$file = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_file($file)) {
    return false;
}
chdir(__DIR__);
require __DIR__ . '/index.php';
